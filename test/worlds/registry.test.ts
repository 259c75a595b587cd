import Cloudflare from 'cloudflare'
import { afterEach, describe, expect, it, vi } from 'vitest'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { ACCOUNT, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { START, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

afterEach(() => {
  vi.useRealTimers()
})

const account_id = ACCOUNT
const TUNNEL = '00000000-0000-4000-8000-000000000001'

describe('fifty worlds at once', () => {
  const COUNT = 50
  const instantOf = (index: number): string =>
    new Date(Date.parse(START) + index * 86_400_000).toISOString().replace('.000Z', '.000000Z')

  const startWorlds = async () => {
    const { emulator, control } = await startFrozen({
      listen: true,
      port: 0,
      seed: seedOf({ id: TUNNEL, name: 'shared' }),
    })
    const made = await Promise.all(Array.from({ length: COUNT }, () => control.createWorld()))
    const worlds = made.map(({ id, base_url }, index) => ({
      index,
      base_url,
      control: emulator.controlOf(id),
      tunnels: new Cloudflare({ apiToken: `token-${index}`, baseURL: base_url, maxRetries: 0 }).zeroTrust.tunnels
        .cloudflared,
    }))
    return { emulator, control, worlds }
  }
  type OneWorld = Awaited<ReturnType<typeof startWorlds>>['worlds'][number]

  /** What a test would do in its world; each does a little else, and `index + 1` times. */
  const liveIn = async ({ index, control, tunnels }: OneWorld) => {
    await control.moveClock({ set: instantOf(index) })
    const blog = await tunnels.create({ account_id, name: 'blog', config_src: 'cloudflare' })
    const { id: tunnel_id = '' } = blog
    await tunnels.edit(TUNNEL, { account_id, name: `shared-${index}` })
    await control.connectConnector({ account_id, tunnel_id, connections: (index % 4) + 1 })
    for (let count = 0; count <= index; count += 1) await tunnels.get(tunnel_id, { account_id })

    await control.addFault({
      operation: 'cloudflare-tunnel-create-a-cloudflare-tunnel',
      times: 1,
      effect: { error: { status: 429, code: 971, message: `of world ${index}` } },
    })
    await expect(tunnels.create({ account_id, name: 'news' })).rejects.toThrow(`of world ${index}`)
    await tunnels.create({ account_id, name: 'news' })
    await expect(tunnels.create({ account_id, name: 'blog' })).rejects.toBeInstanceOf(Cloudflare.ConflictError)
  }

  it('share one port and nothing else: no tunnel, clock, fault, journal or event leaks', async () => {
    const { control, worlds } = await startWorlds()
    await Promise.all(worlds.map(liveIn))

    const everyId = new Set<string>()
    for (const { index, control: own, tunnels } of worlds) {
      const { result } = await tunnels.list({ account_id })
      expect(result.map(({ name }) => name).toSorted()).toEqual(['blog', 'news', `shared-${index}`])
      for (const { created_at, id = '' } of result.filter(one => one.id !== TUNNEL)) {
        expect(created_at).toBe(instantOf(index))
        everyId.add(id)
      }
      const blog = result.find(({ name }) => name === 'blog')
      expect(blog?.status).toBe(index % 4 === 3 ? 'healthy' : 'degraded')

      expect(await own.getClock()).toMatchObject({ now: instantOf(index), frozen: true })
      expect(await own.listFaults()).toMatchObject([{ id: 'fault-1', hits: 1, seen: 3 }])
      const requests = await own.listRequests()
      expect(requests.map(({ id }) => id)).toEqual(requests.map((_request, nth) => nth + 1))
      expect(requests).toHaveLength(index + 1 + 6)
      expect(new Set(requests.map(({ at }) => at))).toEqual(new Set([instantOf(index)]))

      const events = await own.listEvents()
      expect(events.map(({ id }) => id)).toEqual(events.map((_event, nth) => nth + 1))
      const told = new Set(events.flatMap(({ tunnel_id }) => tunnel_id ?? []))
      expect(told).toEqual(new Set(result.map(({ id }) => id)))
    }
    expect(everyId.size).toBe(2 * COUNT)
    expect((await control.getState()).tunnels).toMatchObject([{ id: TUNNEL, name: 'shared' }])
    expect([await control.listRequests(), await control.listEvents(), await control.listFaults()]).toEqual([[], [], []])
  })

  it('are reset one by one', async () => {
    const { worlds } = await startWorlds()
    await Promise.all(worlds.map(liveIn))
    await Promise.all(worlds.map(({ index, control }) => index % 2 === 0 && control.reset()))

    for (const { index, control } of worlds) {
      const { tunnels = [] } = await control.getState()
      const wasReset = index % 2 === 0
      expect(tunnels).toHaveLength(wasReset ? 1 : 3)
      expect((await control.getClock()).now).toBe(wasReset ? START : instantOf(index))
      expect(await control.listFaults()).toHaveLength(wasReset ? 0 : 1)
    }
  })

  it('are gone together, and leave the main one', async () => {
    const { emulator, control } = await startWorlds()
    for (const { id } of await control.listWorlds()) if (id !== 'main') await control.deleteWorld({ id })

    expect(await control.listWorlds()).toMatchObject([{ id: 'main', base_url: emulator.baseURL, tunnels: 1 }])
  })
})

describe('a new world', () => {
  const seed = seedOf({ id: TUNNEL, name: 'blog' })

  it.each<[string, string[]]>([
    ['seed', ['blog']],
    ['empty', []],
    ['current', ['blog', 'news', 'later']],
    ['saved', ['blog', 'news']],
  ])('from %s has the tunnels %j', async (from, names) => {
    const { emulator, control, create } = await startFrozen({ seed })
    await create('news')
    await control.saveSnapshot({ name: 'saved' })
    await create('later')

    const { id, tunnels } = await control.createWorld({ from })
    const { tunnels: found = [] } = await emulator.controlOf(id).getState()
    expect(found.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    expect(tunnels).toBe(names.length)
  })

  it('without saying from what is one from the seed, its clock as at the start', async () => {
    const { control, create } = await startFrozen({ seed })
    await create('news')
    await control.moveClock({ advance: '1h' })

    expect(await control.createWorld()).toMatchObject({ tunnels: 1, now: START })
  })

  it('from a snapshot has its clock', async () => {
    const { control } = await startFrozen({ seed })
    await control.moveClock({ advance: '1h' })
    await control.saveSnapshot({ name: 'saved' })
    await control.moveClock({ advance: '1h' })

    expect(await control.createWorld({ from: 'saved' })).toMatchObject({ now: '2026-01-01T01:00:00.000000Z' })
  })

  it('from what is not there is refused', async () => {
    const { control } = await startFrozen()

    await expect(control.createWorld({ from: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await control.listWorlds()).toHaveLength(1)
  })

  it('can be made from another than the main one', async () => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)

    expect(await emulator.controlOf(id).createWorld({ from: 'current' })).toMatchObject({ tunnels: 1 })
    expect(await control.createWorld({ from: 'current' })).toMatchObject({ tunnels: 0 })
  })

  it('can have an id of your own, which says where it is', async () => {
    const { control, create, api } = await startFrozen({ seed })

    expect(await control.createWorldAs({ id: 'job-4711' })).toMatchObject({ id: 'job-4711', tunnels: 1 })
    await create('news', 'job-4711')
    expect((await api<Tunnel[]>('GET', '', undefined, 'job-4711')).result).toHaveLength(2)
  })

  it.each(['main', 'job-4711'])('cannot have the id %s of one that is there', async id => {
    const { control } = await startFrozen()
    await control.createWorldAs({ id: 'job-4711' })

    await expect(control.createWorldAs({ id })).rejects.toMatchObject({
      code: 'refused',
      message: `there is a world ${id} already: delete or reset it`,
    })
  })

  it.each(['', 'a/b', 'a b', 'ä', '.', 'x'.repeat(65)])(
    'cannot have the id "%s", which is no part of a path',
    async id => {
      const { control } = await startFrozen()

      await expect(control.createWorldAs({ id })).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('never takes the place of one that is there, though ids come again after a reset', async () => {
    const { control, create, api } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)
    await control.reset()
    const again = await control.createWorld()

    expect(again.id).not.toBe(id)
    expect((await api<Tunnel[]>('GET', '', undefined, id)).result).toHaveLength(1)
  })
})

describe('a copy of a world', () => {
  it('carries data and clock, and goes its own way', async () => {
    const { emulator, control, connect, create, tunnel, api } = await startTunnel()
    await connect()
    await control.moveClock({ advance: '1h' })
    const { id } = await control.createWorld({ from: 'current' })
    const copy = emulator.controlOf(id)
    expect(await copy.getState()).toEqual(await control.getState())
    expect(await copy.getClock()).toMatchObject({ now: '2026-01-01T01:00:00.000000Z', frozen: true })

    await create('news', id)
    await api('PATCH', `/${tunnel.id}`, { name: 'renamed' }, id)
    await copy.moveClock({ advance: '1h' })
    expect((await api<Tunnel[]>('GET', '')).result.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'blog healthy',
    ])
    expect((await control.getClock()).now).toBe('2026-01-01T01:00:00.000000Z')
    await control.reset({ to: 'empty' })
    expect((await copy.getState()).tunnels).toHaveLength(2)
  })

  it('lets expire what waits in it, and does nothing else that was on the agenda', async () => {
    const { emulator, control, connect, address } = await startTunnel()
    const [lost, flapping] = [await connect(), await connect()]
    await control.disconnectConnector({ ...address, connector_id: lost.id, graceful: false })
    await control.flapConnector({ ...address, connector_id: flapping.id, down_for: '30s' })
    const { id } = await control.createWorld({ from: 'current' })

    const { happened } = await emulator.controlOf(id).moveClock({ advance: '1h' })
    expect(happened.map(({ type }) => type)).toEqual(Array(8).fill('connection_expired'))
  })

  it('has done what was due by the time it was made', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) })
    const { control, connect, address, emulator } = await startTunnel({ clock: undefined })
    const { id } = await connect()
    await control.flapConnector({ ...address, connector_id: id, down_for: '30s' })
    vi.setSystemTime(Date.now() + 60_000)
    const copy = await control.createWorld({ from: 'current' })

    expect(await emulator.controlOf(copy.id).listConnectors(address)).toMatchObject([{ tunnel_status: 'healthy' }])
  })

  it('has faults, journal, events and snapshots of its own', async () => {
    const { emulator, control } = await startTunnel()
    await control.addFault({ preset: 'outage' })
    await control.saveSnapshot({ name: 'saved' })
    const { id } = await control.createWorld({ from: 'current' })
    const { listFaults, listRequests, listEvents, listSnapshots } = emulator.controlOf(id)

    expect(await Promise.all([listFaults(), listRequests(), listEvents(), listSnapshots()])).toEqual([[], [], [], []])
  })

  it('makes other ids, and signs with another key', async () => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld({ from: 'current' })

    expect((await create('blog', id)).id).not.toBe((await create('blog')).id)
    expect(await emulator.controlOf(id).getPublicKey()).not.toEqual(await control.getPublicKey())
  })

  it('of a world in a file is in memory', async () => {
    const { control, create } = await startFrozen()
    await create('blog')
    const { id } = await control.createWorld({ from: 'current' })
    await control.deleteWorld({ id })

    expect((await control.getState()).tunnels).toHaveLength(1)
  })
})

describe('the number of worlds', () => {
  it('has a limit, told with what to do about it', async () => {
    const { control } = await startFrozen({ max_worlds: 2 })
    const { id } = await control.createWorld()
    await control.createWorld()

    await expect(control.createWorld()).rejects.toMatchObject({
      code: 'refused',
      message: 'there are 2 worlds already: delete one, or allow more with --max-worlds',
    })
    await control.deleteWorld({ id })
    await expect(control.createWorld()).resolves.toBeDefined()
  })

  it('may be none beside the main one', async () => {
    const { control } = await startFrozen({ max_worlds: 0 })

    await expect(control.createWorld()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('an idle world', () => {
  const MINUTE = 60_000
  const pass = (millis: number) => vi.setSystemTime(Date.now() + millis)

  const startIdle = async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const api = await startFrozen({ world_idle_ms: MINUTE })
    const { id } = await api.control.createWorld()
    const ids = async () => (await api.control.listWorlds()).map(world => world.id)
    return { ...api, id, ids }
  }

  it('is dropped', async () => {
    const { emulator, api, id, ids } = await startIdle()
    pass(MINUTE + 1)

    expect(await ids()).toEqual(['main'])
    expect((await api('GET', '', undefined, id)).status).toBe(404)
    await expect(emulator.controlOf(id).getClock()).rejects.toMatchObject({ message: `there is no world ${id}` })
  })

  it('is not dropped a moment too early', async () => {
    const { id, ids } = await startIdle()
    pass(MINUTE)

    expect(await ids()).toEqual(['main', id])
  })

  it.each<[string, (api: Awaited<ReturnType<typeof startIdle>>) => Promise<unknown>]>([
    ['a call of the emulated plane', ({ api, id }) => api('GET', '', undefined, id)],
    ['a call of its control plane', ({ emulator, id }) => emulator.inject({ url: `/w/${id}/_mockflared/clock` })],
    ['a call of the library', ({ emulator, id }) => emulator.controlOf(id).getClock()],
    ['its reset', ({ emulator, id }) => emulator.controlOf(id).reset()],
  ])('is not idle after %s', async (_what, use) => {
    const api = await startIdle()
    pass(MINUTE - 1)
    await use(api)
    pass(MINUTE - 1)
    expect(await api.ids()).toEqual(['main', api.id])

    pass(2)
    expect(await api.ids()).toEqual(['main'])
  })

  it('is as idle as before after it was listed', async () => {
    const { ids } = await startIdle()
    pass(MINUTE - 1)
    expect(await ids()).toHaveLength(2)
    pass(2)

    expect(await ids()).toHaveLength(1)
  })

  it('makes room for another', async () => {
    vi.useFakeTimers({ toFake: ['Date'] })
    const { control } = await startFrozen({ world_idle_ms: MINUTE, max_worlds: 1 })
    await control.createWorld()
    await expect(control.createWorld()).rejects.toMatchObject({ code: 'refused' })
    pass(MINUTE + 1)

    await expect(control.createWorld()).resolves.toBeDefined()
  })

  it('is never the main one', async () => {
    const { control, create } = await startIdle()
    await create('blog')
    pass(1_000 * MINUTE)

    expect((await control.getState()).tunnels).toHaveLength(1)
  })
})

describe('a world that is not there', () => {
  const NO_SUCH_WORLD = { error: { code: 'not_found', message: expect.stringContaining('no such world') } }

  it.each([
    `client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
    `accounts/${ACCOUNT}/cfd_tunnel`,
    `client/v4/accounts/${ACCOUNT}/cfd_tunnel/${UNKNOWN_ID}`,
    '_mockflared/clock',
    '_mockflared/nonsense',
    'nonsense',
    '',
  ])('answers 404 in the shape of the control plane to /%s', async path => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()
    await control.deleteWorld({ id })

    for (const world of [id, 'nonsense']) {
      const response = await emulator.inject({ url: `/w/${world}/${path}`, headers: { authorization: 'Bearer token' } })
      expect([response.statusCode, response.json()]).toEqual([404, NO_SUCH_WORLD])
      expect(response.headers['cf-ray']).toBeUndefined()
    }
  })

  it('has nothing done to it, and leaves no trace in another', async () => {
    const { emulator, control } = await startFrozen()
    const payload = { name: 'blog' }
    await emulator.inject({ method: 'POST', url: `/w/nonsense/client/v4/accounts/${ACCOUNT}/cfd_tunnel`, payload })

    expect((await control.getState()).tunnels).toEqual([])
    expect(await control.listRequests()).toEqual([])
  })

  it('cannot be deleted', async () => {
    const { control } = await startFrozen()

    await expect(control.deleteWorld({ id: 'nonsense' })).rejects.toMatchObject({
      code: 'not_found',
      message: 'there is no world nonsense',
    })
  })
})

describe('the main world', () => {
  it('cannot be deleted', async () => {
    const { control, create } = await startFrozen()
    await create('blog')

    await expect(control.deleteWorld({ id: 'main' })).rejects.toMatchObject({
      code: 'refused',
      message: 'the main world cannot be deleted; reset it instead',
    })
    expect((await control.getState()).tunnels).toHaveLength(1)
  })

  it('has a path as all others have', async () => {
    const { api, create } = await startFrozen()
    await create('blog')

    expect((await api<Tunnel[]>('GET', '', undefined, 'main')).result).toHaveLength(1)
  })
})

describe('the path of a world', () => {
  it.each(['/client/v4', ''])('may go on with %j, as any base URL', async basePath => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)
    const response = await emulator.inject({
      url: `/w/${id}${basePath}/accounts/${ACCOUNT}/cfd_tunnel?per_page=1`,
      headers: { authorization: 'Bearer token' },
    })

    expect(response.json()).toMatchObject({ success: true, result: [{ name: 'blog' }] })
  })

  it('is in the addresses that it was made with, over HTTP under the name it was asked by', async () => {
    const { emulator } = await startFrozen()
    const headers = { host: '127.0.0.1:8844' }
    const response = await emulator.inject({ method: 'POST', url: '/_mockflared/worlds', headers })
    const { id, base_url, control_url } = response.json()

    expect(base_url).toBe(`http://127.0.0.1:8844/w/${id}/client/v4`)
    expect(control_url).toBe(`http://127.0.0.1:8844/w/${id}/_mockflared`)
    expect((await emulator.inject({ url: `/w/${id}/_mockflared`, headers })).json()).toMatchObject({
      world: id,
      base_url,
    })
  })

  it('leads to the description of the API, too', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()

    expect((await emulator.inject({ url: `/w/${id}/healthz` })).statusCode).toBe(200)
  })
})

describe('making a world', () => {
  it('of a thousand tunnels takes milliseconds', async () => {
    const tunnels = Array.from({ length: 1_000 }, (_tunnel, index) => ({ name: `tunnel-${index}` }))
    const { control } = await startFrozen({ seed: seedOf(...tunnels) })
    const times: number[] = []
    for (let count = 0; count < 9; count += 1) {
      const before = performance.now()
      const { id } = await control.createWorld({ from: 'current' })
      times.push(performance.now() - before)
      await control.deleteWorld({ id })
    }

    expect(times.toSorted((a, b) => a - b)[4]).toBeLessThan(50)
  })
})
