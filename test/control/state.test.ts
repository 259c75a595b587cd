import { PassThrough } from 'node:stream'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf } from '../support/emulator.ts'
import { START, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const CONNECTOR = '00000000-0000-4000-9000-000000000001'

function config(service = 'hello_world') {
  return { config: { ingress: [{ service }] } }
}

/** A world with a long history, of which some jobs are still to run. */
async function startWithHistory() {
  const started = await startTunnel()
  const { control, api, create, connect, tunnel, address } = started
  const pass = (advance = '1m') => control.moveClock({ advance })
  const at = (connector_id: string) => ({ ...address, connector_id })

  const [steady, gone, broken] = [await connect(), await connect(), await connect({ connections: 2, reconnects: true })]
  await pass()
  await api('PUT', `/${tunnel.id}/configurations`, config())
  await control.changeConnector({ ...at(steady.id), config_delay_ms: null })
  await pass()
  await api('PUT', `/${tunnel.id}/configurations`, config('http_status:404'))
  await control.disconnectConnector(at(gone.id))
  await control.disconnectConnector({ ...at(broken.id), graceful: false, connections: 1 })
  await pass('10m')
  await control.disconnectConnector({ ...at(steady.id), graceful: false })
  await pass()
  await control.reconnectConnector(at(steady.id))
  await api('PATCH', `/${tunnel.id}`, { name: 'news', tunnel_secret: SECRET })
  await pass()
  await control.disconnectConnector({ ...at(steady.id), graceful: false, connections: 1 })

  const local = await create('short-lived')
  await pass()
  await api('DELETE', `/${local.id}`)
  await create('short-lived')
  return started
}

type Started = Awaited<ReturnType<typeof startFrozen>>

const DECEMBER = '2026-12-01T00:00:00Z'

const WORLDS: [string, () => Promise<Started>][] = [
  ['an empty world', () => startFrozen()],
  ['the seed docs', () => startFrozen({ seed: ['docs'], clock: DECEMBER })],
  ['the seed demo', () => startFrozen({ seed: ['demo'], clock: DECEMBER })],
  ['the seed every-status', () => startFrozen({ seed: ['every-status'], clock: DECEMBER })],
  ['a world with a long history', startWithHistory],
]

/** All tunnels, as the emulated API returns them. */
async function apiView({ api, control }: Started) {
  const { tunnels = [] } = await control.getState()
  const accounts = [...new Set(tunnels.map(({ account_tag }) => account_tag))]
  const answers = accounts.flatMap(account =>
    ['', '?is_deleted=true'].map(query => api('GET', query, undefined, '', account)),
  )
  return (await Promise.all(answers)).map(({ result }) => result)
}

describe('the state', () => {
  it.each(WORLDS)('of %s is the same after putState', async (_what, start) => {
    const started = await start()
    const state = await started.control.getState()
    const view = await apiView(started)
    await started.control.putState(state)

    expect(await started.control.getState()).toEqual(state)
    expect(await apiView(started)).toEqual(view)
  })

  it.each(WORLDS)('of %s is the same after putState in another server', async (_what, start) => {
    const started = await start()
    const state = await started.control.getState()
    const { now } = await started.control.getClock()
    const other = await startFrozen({ seed: [JSON.parse(JSON.stringify(state))], clock: now })

    expect(await other.control.getState()).toEqual(state)
    expect(await apiView(other)).toEqual(await apiView(started))
  })

  it('keeps pending connections pending, which expire when they are due', async () => {
    const { control, connect, address, clients } = await startTunnel()
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })
    await control.moveClock({ advance: '4m' })
    await control.putState(await control.getState())

    expect(await clients()).toHaveLength(1)
    const { happened } = await control.moveClock({ advance: '1m' })
    expect(happened.map(({ type }) => type)).toEqual(Array(4).fill('connection_expired'))
    expect(await clients()).toEqual([])
  })

  it('does not move the clock when it is put', async () => {
    const { control } = await startFrozen()
    await control.moveClock({ advance: '1h' })
    await control.putState({ tunnels: [{ account_tag: ACCOUNT, name: 'blog', created_at: '-30m' }] })

    expect(await control.getClock()).toMatchObject({ now: '2026-01-01T01:00:00.000000Z', frozen: true })
    expect((await control.getState()).tunnels).toMatchObject([{ created_at: '2026-01-01T00:30:00.000000Z' }])
  })

  it('with a scenario plays that scenario once it is put', async () => {
    const [state] = seedOf({ id: TUNNEL, name: 'blog', connectors: [{ id: CONNECTOR }] })
    const { control } = await startFrozen()
    const where = { account_id: ACCOUNT, tunnel_id: TUNNEL, connector_id: CONNECTOR }
    await control.putState({ ...state, scenario: [{ after: '30s', ...where, happens: 'stopped' }] })

    expect((await control.moveClock({ advance: '30s' })).happened).toHaveLength(5)
  })
})

describe('an invalid state', () => {
  const tunnel = { account_tag: ACCOUNT, name: 'blog' }

  it.each<[string, object, string]>([
    ['with an unknown key', { colour: 'red' }, 'colour'],
    ['with a tunnel without a name', { tunnels: [{ account_tag: ACCOUNT }] }, 'tunnels[0]'],
    ['with two tunnels of one name', { tunnels: [tunnel, tunnel] }, 'tunnels[1].name'],
    [
      'with a tunnel that was deleted before it was created',
      { tunnels: [{ ...tunnel, deleted_at: '2025-01-01T00:00:00Z' }] },
      'tunnels[0]',
    ],
    [
      'with a broken configuration',
      { tunnels: [{ ...tunnel, configurations: [{ config: { ingress: [] } }] }] },
      'tunnels[0]',
    ],
    ['in an account that it does not list', { accounts: [{ id: 'f'.repeat(32) }], tunnels: [tunnel] }, 'tunnels[0]'],
  ])('%s is refused and changes nothing', async (_what, payload, where) => {
    const { emulator, control, connect, address } = await startTunnel()
    const { id } = await connect()
    await control.flapConnector({ ...address, connector_id: id, down_for: '30s' })
    await control.addFault({ preset: 'slow' })
    await control.saveSnapshot({ name: 'saved' })
    const all = async () => [await control.getState(), await control.listFaults(), await control.listSnapshots()]
    const before = await all()
    const response = await emulator.inject({ method: 'PUT', url: '/_mockflared/state', payload })

    expect(response.statusCode).toBe(400)
    expect(response.json()).toEqual({ error: { code: 'invalid', message: expect.stringContaining(where) } })
    expect(await all()).toEqual(before)
    expect((await control.moveClock({ advance: '30s' })).happened).toHaveLength(5)
    expect((await control.listEvents()).map(({ type }) => type)).not.toContain('world_reset')
  })
})

describe('a snapshot', () => {
  it('restores everything, including the clock', async () => {
    const started = await startWithHistory()
    const { control, create } = started
    const [state, clock] = [await control.getState(), await control.getClock()]
    expect(await control.saveSnapshot({ name: 'before' })).toMatchObject({
      name: 'before',
      taken_at: clock.now,
      tunnels: state.tunnels?.length,
    })

    await control.moveClock({ advance: '1d' })
    await create('later')
    await control.restoreSnapshot({ name: 'before' })
    expect(await control.getState()).toEqual(state)
    expect(await control.getClock()).toMatchObject({ now: clock.now, frozen: true })
  })

  it.each([
    ['runs', { set: '2030-01-01T00:00:00Z' } as const, false],
    ['is frozen', { freeze: '2030-01-01T00:00:00Z' } as const, true],
  ])('restores a clock that %s', async (_how, move, frozen) => {
    const { control } = await startFrozen({ clock: undefined })
    await control.moveClock(move)
    await control.saveSnapshot({ name: 'before' })
    await control.reset()
    await control.restoreSnapshot({ name: 'before' })

    const reading = await control.getClock()
    expect([reading.now.slice(0, 10), reading.frozen]).toEqual(['2030-01-01', frozen])
  })

  it('holds a state that can be put into another world', async () => {
    const { control } = await startTunnel()
    await control.saveSnapshot({ name: 'before' })
    const { version, name, clock, state } = await control.getSnapshot({ name: 'before' })
    const other = await startFrozen()
    await other.control.putState(state)

    expect({ version, name, clock }).toEqual({ version: 1, name: 'before', clock: { now: START, frozen: true } })
    expect(await other.control.getState()).toEqual(await control.getState())
  })

  it('does not change with a copy that was read from it', async () => {
    const { control } = await startTunnel()
    await control.saveSnapshot({ name: 'before' })
    const { state } = await control.getSnapshot({ name: 'before' })
    state.tunnels = []

    expect((await control.getSnapshot({ name: 'before' })).state.tunnels).toHaveLength(1)
  })

  it('replaces a snapshot of the same name, and survives a reset', async () => {
    const { control, create } = await startTunnel()
    await control.saveSnapshot({ name: 'one' })
    await create('news')
    await control.saveSnapshot({ name: 'one' })
    await control.reset({ to: 'empty' })

    expect(await control.listSnapshots()).toMatchObject([{ name: 'one', taken_at: START, tunnels: 2 }])
  })

  it('named "seed" or "empty" can be restored, but a reset does not use it', async () => {
    const { control, create } = await startFrozen()
    await create('blog')
    for (const name of ['seed', 'empty']) await control.saveSnapshot({ name })

    await control.reset({ to: 'seed' })
    expect((await control.getState()).tunnels).toEqual([])
    await control.restoreSnapshot({ name: 'seed' })
    expect((await control.getState()).tunnels).toHaveLength(1)
  })

  it.each(['restoreSnapshot', 'getSnapshot', 'deleteSnapshot'] as const)(
    'that does not exist is not found by %s',
    async verb => {
      const { control } = await startFrozen()

      await expect(control[verb]({ name: 'nonsense' })).rejects.toMatchObject({
        code: 'not_found',
        message: 'there is no snapshot nonsense',
      })
    },
  )

  it('is not found after it is deleted', async () => {
    const { control } = await startFrozen()
    await control.saveSnapshot({ name: 'one' })
    await control.deleteSnapshot({ name: 'one' })

    expect(await control.listSnapshots()).toEqual([])
  })

  it.each(['', 'a b', '../etc', 'x'.repeat(65)])('cannot have the name %j', async name => {
    const { control } = await startFrozen()

    await expect(control.saveSnapshot({ name })).rejects.toMatchObject({ code: 'invalid' })
  })
})

describe('a reset', () => {
  const seed = seedOf({ id: TUNNEL, name: 'blog', connectors: [{ id: CONNECTOR }] })
  const names = ({ tunnels = [] }: State) => tunnels.map(({ name }) => name)

  it.each([
    ['seed', ['blog']],
    ['empty', []],
    ['saved', ['blog', 'news']],
  ])('to %s leaves %j', async (to, left) => {
    const { control, create } = await startFrozen({ seed })
    await create('news')
    await control.saveSnapshot({ name: 'saved' })
    await create('third')
    await control.reset({ to })

    expect(names(await control.getState())).toEqual(left)
  })

  it('without a target resets to the seed', async () => {
    const { control, create } = await startFrozen({ seed })
    await create('news')
    await control.reset()

    expect(names(await control.getState())).toEqual(['blog'])
  })

  it('to an unknown snapshot is refused and changes nothing', async () => {
    const { control, create } = await startFrozen({ seed })
    await create('news')

    await expect(control.reset({ to: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' })
    expect(names(await control.getState())).toHaveLength(2)
  })

  it('resets the clock', async () => {
    const { control } = await startFrozen()
    await control.moveClock({ advance: '1d' })
    await control.moveClock({ resume: true })
    await control.reset()

    expect(await control.getClock()).toMatchObject({ now: START, frozen: true })
  })

  it('lets the clock run if it ran at the start', async () => {
    const { control } = await startFrozen({ clock: undefined })
    await control.moveClock({ freeze: '2030-01-01T00:00:00Z' })
    await control.reset()

    const { frozen, offset_ms } = await control.getClock()
    expect(frozen).toBe(false)
    expect(offset_ms).toBeLessThan(10)
  })

  it('resets faults and request log', async () => {
    const { control, create } = await startFrozen()
    await create('blog')
    await control.addFault({ preset: 'outage' })
    await control.reset()

    expect([await control.listFaults(), await control.listRequests()]).toEqual([[], []])
    await create('blog')
    expect(await control.listRequests()).toMatchObject([{ id: 1, status: 200 }])
    expect(await control.addFault({ preset: 'outage' })).toMatchObject([{ id: 'fault-1' }])
  })

  it('resets the rate limit', async () => {
    const { control, api } = await startFrozen({ rate_limit: true })
    await api('GET', '')
    await control.reset()

    expect((await api('GET', '')).headers.ratelimit).toBe('"default";r=1199;t=300')
  })

  it('resets random numbers: the same ids, secrets and keys come again', async () => {
    const { control, create } = await startFrozen({ random_seed: 7 })
    const before = [await create('blog'), await control.getPublicKey()]
    await control.reset()

    expect([await create('blog'), await control.getPublicKey()]).toEqual(before)
  })

  it('without a random seed gives other ids and another key', async () => {
    const { control, create } = await startFrozen({ random_seed: undefined })
    const [tunnel, key] = [await create('blog'), await control.getPublicKey()]
    await control.reset()

    expect((await create('blog')).id).not.toBe(tunnel.id)
    expect(await control.getPublicKey()).not.toEqual(key)
  })

  it('resets accounts and credentials', async () => {
    const credential = { token: 'token', permissions: ['Cloudflare Tunnel Read' as const] }
    const { control, api } = await startFrozen({ auth: 'strict' })
    await control.putState({ accounts: [{ id: ACCOUNT }], credentials: [credential] })
    expect((await api('GET', '')).status).toBe(200)
    await control.reset()

    expect((await api('GET', '')).status).toBe(400)
    expect(await control.getState()).toMatchObject({ accounts: [], credentials: [], tunnels: [] })
  })

  it('records an event, and does not reset the ids of events', async () => {
    const { control, connect } = await startTunnel()
    await connect()
    const before = await control.listEvents()
    await control.reset()

    const events = await control.listEvents()
    expect(events.slice(0, before.length)).toEqual(before)
    expect(events.at(-1)).toMatchObject({ id: events.length, at: START, type: 'world_reset' })
  })

  it('does not change other worlds', async () => {
    const { control, create, api } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)
    await create('blog')
    await control.reset({ to: 'empty' })

    expect((await api<Tunnel[]>('GET', '', undefined, id)).result).toHaveLength(1)
  })

  it('can be repeated', async () => {
    const { control, create } = await startFrozen({ seed })
    const ids = new Set<string>()
    for (let count = 0; count < 20; count += 1) {
      ids.add((await create('news')).id)
      await control.reset()
    }

    expect(ids.size).toBe(1)
    expect(names(await control.getState())).toEqual(['blog'])
  })
})

describe('a state written and read back', () => {
  it('keeps the time since which a tunnel is active, even if its connections left no gap', async () => {
    const { control, connect, address, seen } = await startTunnel()
    const { id: connector_id } = await connect()
    await control.moveClock({ advance: '10m' })
    await control.disconnectConnector({ ...address, connector_id })
    await control.reconnectConnector({ ...address, connector_id })
    const before = await seen()
    await control.putState(await control.getState())

    expect(await seen()).toEqual(before)
    expect(before.conns_active_at).toBe('2026-01-01T00:10:00.000000Z')
  })

  it('keeps a connection expired that was lost long before the deletion of its tunnel', async () => {
    const { control, connect, address, api, tunnel } = await startTunnel()
    const { id: connector_id } = await connect()
    await control.disconnectConnector({ ...address, connector_id, graceful: false })
    await control.moveClock({ advance: '10m' })
    await api('DELETE', `/${tunnel.id}`)
    const before = await control.getState()
    await control.putState(before)

    expect(await control.getState()).toEqual(before)
  })

  it.each([
    [[{ id: CONNECTOR }, { id: CONNECTOR }], 'tunnels[0].connectors[1].id'],
    [[{ connections: [{ id: CONNECTOR }, { id: CONNECTOR }] }], 'tunnels[0].connectors[0].connections[1].id'],
  ])('is refused for a duplicate id: %j', async (connectors, place) => {
    const { control } = await startTunnel()
    const state = { tunnels: [{ account_tag: ACCOUNT, name: 'blog', connectors }] }

    await expect(control.putState(state)).rejects.toThrow(`${place}: another one has the id ${CONNECTOR}`)
    expect((await control.getState()).tunnels).toHaveLength(1)
  })
})

describe('a state too deep to store', () => {
  const nested = (levels: number): unknown => JSON.parse(`${'['.repeat(levels)}${']'.repeat(levels)}`)
  const stateWith = (metadata: object) => ({ tunnels: [{ account_tag: ACCOUNT, name: 'blog', metadata }] })

  it('is refused even if it is as deep as the call stack', async () => {
    const { control } = await startFrozen()

    await expect(control.putState(stateWith({ deep: nested(5_000) }))).rejects.toMatchObject({
      code: 'invalid',
      message: 'body: there are too many levels',
    })
  })

  it.each([
    ['half a surrogate pair', { text: '\ud800' }, 'body: a text has half of a surrogate pair'],
    ['a number beyond a double', { number: Number.POSITIVE_INFINITY }, 'body: a number is too large'],
  ])('is refused when it has %s', async (_what, metadata, message) => {
    const { control } = await startFrozen()

    await expect(control.putState(stateWith(metadata))).rejects.toMatchObject({ code: 'invalid', message })
  })

  it('does not include the deepest configuration that the API accepts', async () => {
    const { control, api, create } = await startFrozen()
    const { id } = await create('blog')
    const config = { deep: nested(125), ingress: [{ service: 'hello_world' }] }
    expect(await api('PUT', `/${id}/configurations`, { config })).toMatchObject({ status: 200 })
    const state = await control.getState()
    await control.putState(state)

    expect(await control.getState()).toEqual(state)
  })
})

describe('a request in progress when its world is reset', () => {
  it('does not change the new world', async () => {
    const { emulator, control } = await startTunnel()
    const body = new PassThrough()
    const headers = { authorization: 'Bearer token', 'transfer-encoding': 'chunked' }
    const url = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
    const late = emulator.inject({ method: 'POST', url, headers, payload: body })
    body.write('{"name": ')
    // One turn to read the request and one to find its world: now it waits for the rest of its
    // body.
    await setImmediate()
    await setImmediate()
    await control.reset({ to: 'empty' })
    body.end('"late"}')

    expect((await late).json()).toMatchObject({ error: { code: 'refused' } })
    expect((await control.getState()).tunnels).toEqual([])
  })
})

describe('random numbers with a random seed', () => {
  it('continue after a snapshot, so that no id comes twice', async () => {
    const { control, create } = await startTunnel()
    await create('one')
    await control.saveSnapshot({ name: 'one' })
    const two = await create('two')
    await control.restoreSnapshot({ name: 'one' })

    expect(await create('two')).toMatchObject({ id: two.id })
    expect(await create('three')).toMatchObject({ name: 'three' })
  })

  it('continue after putState', async () => {
    const { control, create } = await startTunnel()
    await control.putState(await control.getState())

    expect(await create('two')).toMatchObject({ name: 'two' })
  })
})
