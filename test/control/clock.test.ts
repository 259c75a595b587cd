import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Configuration } from '../../schemas/configuration.ts'
import type { ClockMove } from '../../schemas/control/clock.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { START, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

afterEach(() => {
  vi.useRealTimers()
})

describe('a frozen clock', () => {
  it('shows the time of the option from the start', async () => {
    const { control } = await startFrozen({ clock: '2026-01-01T01:00:00+01:00' })

    expect(await control.getClock()).toMatchObject({ now: START, frozen: true, next_due: null })
    expect(await control.getClock()).toMatchObject({ now: START })
  })

  it.each<[ClockMove, string]>([
    [{ advance: '5m' }, '2026-01-01T00:05:00.000000Z'],
    [{ advance: '90s' }, '2026-01-01T00:01:30.000000Z'],
    [{ advance: '250ms' }, '2026-01-01T00:00:00.250000Z'],
    [{ advance: '36h' }, '2026-01-02T12:00:00.000000Z'],
    [{ advance: '31d' }, '2026-02-01T00:00:00.000000Z'],
    [{ advance: '1h30m' }, '2026-01-01T01:30:00.000000Z'],
    [{ advance: '100us' }, '2026-01-01T00:00:00.000100Z'],
    [{ advance: '1ms' }, '2026-01-01T00:00:00.001000Z'],
    [{ advance: 0 }, START],
    [{ set: '2026-03-01T12:00:00Z' }, '2026-03-01T12:00:00.000000Z'],
    [{ set: '2026-03-01T12:00:00.123456789+02:00' }, '2026-03-01T10:00:00.123456Z'],
    [{ freeze: '2027-01-01T00:00:00Z' }, '2027-01-01T00:00:00.000000Z'],
    [{ freeze: true }, START],
  ])('moved by %j shows %s and stays frozen', async (move, now) => {
    const { control } = await startFrozen()

    expect(await control.moveClock(move)).toMatchObject({ now, frozen: true, happened: [] })
    expect(await control.getClock()).toMatchObject({ now, frozen: true })
  })

  it.each<object>([
    {},
    { advance: '5m', freeze: true },
    { resume: true, freeze: true },
    { advance: '5 minutes' },
    { advance: -1 },
    { advance: 1.5 },
    { advance: '1.5 h' },
    { set: 'tomorrow' },
    { set: '2026-02-30T00:00:00Z' },
    { freeze: false },
    { resume: false },
    { colour: 'red' },
  ])('rejects the move %j', async payload => {
    const { emulator, control } = await startFrozen()
    const response = await emulator.inject({ method: 'POST', url: '/_mockflared/clock', payload })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual({ error: { code: 'invalid', message: expect.stringMatching(/^body/) } })
    expect(await control.getClock()).toMatchObject({ now: START })
  })

  it('records an event with the new time when it is moved', async () => {
    const { control } = await startFrozen()
    await control.moveClock({ advance: '1s' })

    await control.moveClock({ resume: true })

    const [before, after] = ['2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:01.000000Z']
    expect(await control.listEvents()).toEqual([
      { id: 1, at: after, type: 'clock_moved', clock_before: before, clock_after: after, frozen: true },
      { id: 2, at: after, type: 'clock_moved', clock_before: after, clock_after: after, frozen: false },
    ])
  })
})

describe('a running clock', () => {
  const start = async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) })
    const { control } = await startFrozen({ clock: undefined })
    return control
  }
  const pass = (millis: number) => vi.setSystemTime(Date.now() + millis)
  const secondOf = ({ now }: { now: string }): string => now.slice(0, 19)

  it.each<[ClockMove, string, number]>([
    [{ advance: '1h' }, '2026-01-01T01:00:10', 3_600_000],
    [{ set: '2030-01-01T00:00:00Z' }, '2030-01-01T00:00:10', 126_230_400_000],
    [{ set: '2020-01-01T00:00:00Z' }, '2020-01-01T00:00:10', -189_388_800_000],
  ])('moved by %j runs on from there', async (move, later, offset_ms) => {
    const control = await start()

    expect(await control.moveClock(move)).toMatchObject({ frozen: false })
    pass(10_000)
    const reading = await control.getClock()
    expect(secondOf(reading)).toBe(later)
    expect(reading.offset_ms).toBeCloseTo(offset_ms, 0)
  })

  it('stops when frozen, and runs on from the same time when resumed', async () => {
    const control = await start()

    expect(await control.moveClock({ freeze: true })).toMatchObject({ frozen: true })
    pass(60_000)
    expect(secondOf(await control.getClock())).toBe('2026-01-01T00:00:00')

    expect(await control.moveClock({ resume: true })).toMatchObject({ frozen: false })
    pass(5_000)
    expect(secondOf(await control.getClock())).toBe('2026-01-01T00:00:05')
  })

  it('stays frozen through moves until it is resumed', async () => {
    const control = await start()
    await control.moveClock({ freeze: '2026-06-01T00:00:00Z' })

    expect(await control.moveClock({ advance: '1h' })).toMatchObject({ frozen: true })
    expect(await control.moveClock({ set: '2026-07-01T00:00:00Z' })).toMatchObject({ frozen: true })
    expect(await control.moveClock({ resume: true })).toMatchObject({
      now: '2026-07-01T00:00:00.000000Z',
      frozen: false,
    })
  })

  it('runs due jobs with the next request', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) })
    const { connect, control, address, clients } = await startTunnel({ clock: undefined })
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    pass(299_000)
    expect(await clients()).toHaveLength(1)
    pass(2_000)
    expect(await clients()).toHaveLength(0)
    expect((await control.listEvents()).filter(({ type }) => type === 'connection_expired')).toHaveLength(4)
  })
})

describe('moving the clock back', () => {
  const EARLIER = { set: '2025-12-31T23:59:59Z' } as const
  const refusal = { code: 'refused', message: expect.stringContaining('the clock cannot go back to') }
  type Started = Awaited<ReturnType<typeof startTunnel>>

  it('is allowed when nothing has happened', async () => {
    const { control, api } = await startFrozen()
    await control.moveClock({ advance: '1h' })
    await api('GET', '')

    expect(await control.moveClock(EARLIER)).toMatchObject({ now: '2025-12-31T23:59:59.000000Z' })
  })

  it('is allowed up to the time of the last change', async () => {
    const { control, create } = await startFrozen()
    await create('blog')
    await control.moveClock({ advance: '1h' })

    expect(await control.moveClock({ set: START })).toMatchObject({ now: START })
    await expect(control.moveClock(EARLIER)).rejects.toMatchObject({
      ...refusal,
      message: `the clock cannot go back to 2025-12-31T23:59:59.000000Z: something happened at ${START}`,
    })
    expect(await control.getClock()).toMatchObject({ now: START })
  })

  it.each<[string, (started: Started) => Promise<unknown>]>([
    ['a tunnel was renamed', ({ api, tunnel }) => api('PATCH', `/${tunnel.id}`, { name: 'news' })],
    ['a tunnel was deleted', ({ api, tunnel }) => api('DELETE', `/${tunnel.id}`)],
    [
      'a configuration was published',
      ({ api, tunnel }) =>
        api('PUT', `/${tunnel.id}/configurations`, { config: { ingress: [{ service: 'hello_world' }] } }),
    ],
    ['a connector connected', ({ connect }) => connect()],
  ])('is refused when %s in between', async (_what, happen) => {
    const started = await startTunnel()
    await started.control.moveClock({ advance: '1h' })
    await happen(started)

    await expect(started.control.moveClock({ set: '2026-01-01T00:30:00Z' })).rejects.toMatchObject(refusal)
    await expect(started.control.moveClock({ freeze: '2026-01-01T00:30:00Z' })).rejects.toMatchObject(refusal)
  })

  it('is refused when connections have expired, so that they do not expire twice', async () => {
    const { control, connect, address } = await startTunnel()
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })
    await control.moveClock({ advance: '4m' })
    expect(await control.moveClock({ set: '2026-01-01T00:01:00Z' })).toMatchObject({ happened: [] })

    await control.moveClock({ advance: '10m' })
    await expect(control.moveClock({ set: '2026-01-01T00:01:00Z' })).rejects.toMatchObject(refusal)
  })

  it('is allowed again after a reset', async () => {
    const { control, connect } = await startTunnel()
    await control.moveClock({ advance: '1h' })
    await connect()
    await control.reset({ to: 'empty' })

    expect(await control.moveClock(EARLIER)).toMatchObject({ now: '2025-12-31T23:59:59.000000Z' })
  })
})

describe('the clock sets the time of', () => {
  const LATER = '2026-01-01T01:00:00.000000Z'

  it('tunnels, their deletion and their filters', async () => {
    const { control, api, create } = await startFrozen()
    const old = await create('old')
    await control.moveClock({ advance: '1h' })
    const young = await create('young')

    expect([old.created_at, young.created_at]).toEqual([START, LATER])
    const { result } = await api<Tunnel[]>('GET', '?existed_at=2026-01-01T00:30:00Z')
    expect(result.map(({ name }) => name)).toEqual(['old'])
    expect((await api<Tunnel>('DELETE', `/${old.id}`)).result.deleted_at).toBe(LATER)
  })

  it('versions of a configuration', async () => {
    const { control, api, tunnel, address } = await startTunnel()
    const publish = (service: string) =>
      api<Configuration>('PUT', `/${tunnel.id}/configurations`, { config: { ingress: [{ service }] } })
    await publish('hello_world')
    await control.moveClock({ advance: '1h' })

    expect((await publish('http_status:404')).result.created_at).toBe(LATER)
    const versions = await control.listConfigurations(address)
    expect(versions.map(({ created_at }) => created_at)).toEqual([START, LATER])
  })

  it('connections, and the time since which a tunnel is active', async () => {
    const { control, connect, clients, seen } = await startTunnel()
    await control.moveClock({ advance: '1h' })
    await connect()

    const [client] = await clients()
    expect(client?.run_at).toBe(LATER)
    expect(client?.conns.map(({ opened_at }) => opened_at)).toEqual(Array(4).fill(LATER))
    expect(await seen()).toMatchObject({ conns_active_at: LATER, conns_inactive_at: null })
  })

  it('management tokens', async () => {
    const { control, api, tunnel } = await startTunnel()
    await control.moveClock({ advance: '1h' })
    const { result } = await api<string>('POST', `/${tunnel.id}/management`, { resources: ['logs'] })
    const { iat, exp } = JSON.parse(Buffer.from(result.split('.')[1] ?? '', 'base64url').toString())

    expect([iat, exp - iat]).toEqual([Date.parse(LATER) / 1_000, 3_600])
  })

  it('the window of the rate limit', async () => {
    const { control, api } = await startFrozen({ rate_limit: true })
    const left = async () => (await api('GET', '')).headers.ratelimit

    expect(await left()).toBe('"default";r=1199;t=300')
    await control.moveClock({ advance: '4m' })
    expect(await left()).toBe('"default";r=1198;t=60')
    await control.moveClock({ advance: '1m' })
    expect(await left()).toBe('"default";r=1199;t=300')
  })

  it('the time to live of a fault', async () => {
    const { control, api } = await startFrozen()
    await control.addFault({ ttl: '5m', effect: { error: { status: 429, code: 971 } } })
    const status = async () => (await api('GET', '')).status

    await control.moveClock({ advance: '299s' })
    expect(await status()).toBe(429)
    await control.moveClock({ advance: '1s' })
    expect(await status()).toBe(200)
    expect(await control.listFaults()).toMatchObject([{ hits: 1, exhausted: true }])
  })

  it('the request log and the events', async () => {
    const { control, api } = await startFrozen()
    await control.moveClock({ advance: '1h' })
    await api('GET', '')

    expect(await control.listRequests()).toMatchObject([{ at: LATER }])
    expect((await control.listEvents()).map(({ at }) => at)).toEqual([LATER, LATER])
  })
})

describe('advancing the clock', () => {
  it('returns the events on the way in order, each at its own time', async () => {
    const { control, connect, address } = await startTunnel()
    const [lost, drained, flapping] = [await connect(), await connect(), await connect()]
    await control.disconnectConnector({ ...address, connector_id: lost.id, graceful: false })
    await control.drainConnector({ ...address, connector_id: drained.id, every: '1m' })
    await control.flapConnector({ ...address, connector_id: flapping.id, down_for: '90s' })

    const { happened, next_due } = await control.moveClock({ advance: '5m' })
    expect(happened.map(({ at, type }) => `${at.slice(14, 19)} ${type}`)).toEqual([
      '01:00 connection_closed',
      ...Array(4).fill('01:30 connection_opened'),
      '02:00 connection_closed',
      '03:00 connection_closed',
      ...Array(4).fill('05:00 connection_expired'),
      '05:00 tunnel_status_changed',
    ])
    expect(happened.map(({ id }) => id)).toEqual(happened.map((_event, index) => (happened[0]?.id ?? 0) + index))
    expect(next_due).toBeNull()
  })

  it('in small steps gives the same events as one long step', async () => {
    const { control, connect, address } = await startTunnel()
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    expect(await control.moveClock({ advance: '4m' })).toMatchObject({
      happened: [],
      next_due: '2026-01-01T00:05:00.000000Z',
    })
    const { happened } = await control.moveClock({ set: '2026-01-01T00:05:00Z' })
    expect(happened.map(({ type }) => type)).toEqual(Array(4).fill('connection_expired'))
    expect(await control.moveClock({ advance: '1h' })).toMatchObject({ happened: [], next_due: null })
  })
})
