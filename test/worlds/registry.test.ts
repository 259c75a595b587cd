import { performance } from 'node:perf_hooks'
import Cloudflare from 'cloudflare'
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { START, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

afterEach(() => {
  vi.useRealTimers()
})

const account_id = ACCOUNT
const TUNNEL = '00000000-0000-4000-8000-000000000001'

describe('fifty concurrent worlds', () => {
  const COUNT = 50
  const instantOf = (index: number): string =>
    new Date(Date.parse(START) + index * 86_400_000).toISOString().replace('.000Z', '.000000Z')

  const startWorlds = async () => {
    const { emulator, control } = await startFrozen({
      listen: true,
      port: 0,
      seed: seedOf({ id: TUNNEL, name: 'shared' }),
    })
    const created = await Promise.all(Array.from({ length: COUNT }, () => control.createWorld()))
    const worlds = created.map(({ id, base_url }, index) => ({
      index,
      base_url,
      control: emulator.controlOf(id),
      tunnels: new Cloudflare({ apiToken: `token-${index}`, baseURL: base_url, maxRetries: 0 }).zeroTrust.tunnels
        .cloudflared,
    }))
    return { emulator, control, worlds }
  }
  type OneWorld = Awaited<ReturnType<typeof startWorlds>>['worlds'][number]

  /** Acts like a test in its own world, with small differences between worlds. */
  const useWorld = async ({ index, control, tunnels }: OneWorld) => {
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

  it('share a port but no tunnel, clock, fault, request log or event', async () => {
    const { control, worlds } = await startWorlds()
    await Promise.all(worlds.map(useWorld))

    const everyId = new Set<string>()
    for (const { index, control: own, tunnels } of worlds) {
      const { result } = await tunnels.list({ account_id })
      expect(result.map(({ name }) => name).toSorted()).toEqual(['blog', 'news', `shared-${index}`])
      for (const { created_at, id = '' } of result.filter(tunnel => tunnel.id !== TUNNEL)) {
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
      const tunnelIds = new Set(events.flatMap(({ tunnel_id }) => tunnel_id ?? []))
      expect(tunnelIds).toEqual(new Set(result.map(({ id }) => id)))
    }
    expect(everyId.size).toBe(2 * COUNT)
    expect((await control.getState()).tunnels).toMatchObject([{ id: TUNNEL, name: 'shared' }])
    expect([await control.listRequests(), await control.listFaults()]).toEqual([[], []])
    expect(new Set((await control.listEvents()).map(({ type }) => type))).toEqual(new Set(['world_created']))
  })

  it('are reset independently', async () => {
    const { worlds } = await startWorlds()
    await Promise.all(worlds.map(useWorld))
    await Promise.all(worlds.map(({ index, control }) => index % 2 === 0 && control.reset()))

    for (const { index, control } of worlds) {
      const { tunnels = [] } = await control.getState()
      const wasReset = index % 2 === 0
      expect(tunnels).toHaveLength(wasReset ? 1 : 3)
      expect((await control.getClock()).now).toBe(wasReset ? START : instantOf(index))
      expect(await control.listFaults()).toHaveLength(wasReset ? 0 : 1)
    }
  })

  it('can all be deleted except the main world', async () => {
    const { emulator, control } = await startWorlds()
    for (const { id } of await control.listWorlds()) if (id !== 'main') await control.deleteWorld({ id })

    expect(await control.listWorlds()).toMatchObject([{ id: 'main', base_url: emulator.baseURL, tunnels: 1 }])
  })
})

describe('createWorld', () => {
  const seed = seedOf({ id: TUNNEL, name: 'blog' })

  it.each<[string, string[]]>([
    ['seed', ['blog']],
    ['empty', []],
    ['current', ['blog', 'news', 'later']],
    ['saved', ['blog', 'news']],
  ])('from %s copies the tunnels %j', async (from, names) => {
    const { emulator, control, create } = await startFrozen({ seed })
    await create('news')
    await control.saveSnapshot({ name: 'saved' })
    await create('later')

    const { id, tunnels } = await control.createWorld({ from })
    const { tunnels: found = [] } = await emulator.controlOf(id).getState()
    expect(found.map(({ name }) => name).toSorted()).toEqual(names.toSorted())
    expect(tunnels).toBe(names.length)
  })

  it('by default starts from the seed, with the initial clock', async () => {
    const { control, create } = await startFrozen({ seed })
    await create('news')
    await control.moveClock({ advance: '1h' })

    expect(await control.createWorld()).toMatchObject({ tunnels: 1, now: START })
  })

  it('from a snapshot restores its clock', async () => {
    const { control } = await startFrozen({ seed })
    await control.moveClock({ advance: '1h' })
    await control.saveSnapshot({ name: 'saved' })
    await control.moveClock({ advance: '1h' })

    expect(await control.createWorld({ from: 'saved' })).toMatchObject({ now: '2026-01-01T01:00:00.000000Z' })
  })

  it('from an unknown snapshot is refused', async () => {
    const { control } = await startFrozen()

    await expect(control.createWorld({ from: 'nonsense' })).rejects.toMatchObject({ code: 'not_found' })
    expect(await control.listWorlds()).toHaveLength(1)
  })

  it('can start from a world other than the main one', async () => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)

    expect(await emulator.controlOf(id).createWorld({ from: 'current' })).toMatchObject({ tunnels: 1 })
    expect(await control.createWorld({ from: 'current' })).toMatchObject({ tunnels: 0 })
  })

  it('accepts an id, which becomes part of the path', async () => {
    const { control, create, api } = await startFrozen({ seed })

    expect(await control.createWorldAs({ id: 'job-4711' })).toMatchObject({ id: 'job-4711', tunnels: 1 })
    await create('news', 'job-4711')
    expect((await api<Tunnel[]>('GET', '', undefined, 'job-4711')).result).toHaveLength(2)
  })

  it.each(['main', 'job-4711'])('refuses the id %s of an existing world', async id => {
    const { control } = await startFrozen()
    await control.createWorldAs({ id: 'job-4711' })

    await expect(control.createWorldAs({ id })).rejects.toMatchObject({
      code: 'refused',
      message: `there is a world ${id} already: delete, reset or reuse it`,
    })
  })

  it.each(['', 'a/b', 'a b', 'ä', '.', '..', '.a', 'a.', 'a..b', 'a.b.c', 'x'.repeat(65), `a.${'x'.repeat(33)}`])(
    'rejects the id "%s", which is not a path segment',
    async id => {
      const { control } = await startFrozen()

      await expect(control.createWorldAs({ id })).rejects.toMatchObject({ code: 'invalid' })
    },
  )

  it('never replaces an existing world, although ids repeat after a reset', async () => {
    const { control, create, api } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)
    await control.reset()
    const again = await control.createWorld()

    expect(again.id).not.toBe(id)
    expect((await api<Tunnel[]>('GET', '', undefined, id)).result).toHaveLength(1)
  })
})

describe('a world created from "current"', () => {
  it('copies data and clock, and is independent from then on', async () => {
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

  it('expires pending connections but copies no other scheduled job', async () => {
    const { emulator, control, connect, address } = await startTunnel()
    const [lost, flapping] = [await connect(), await connect()]
    await control.disconnectConnector({ ...address, connector_id: lost.id, graceful: false })
    await control.flapConnector({ ...address, connector_id: flapping.id, down_for: '30s' })
    const { id } = await control.createWorld({ from: 'current' })

    const { happened } = await emulator.controlOf(id).moveClock({ advance: '1h' })
    expect(happened.map(({ type }) => type)).toEqual(Array(8).fill('connection_expired'))
  })

  it('includes the effects of jobs that were due', async () => {
    vi.useFakeTimers({ toFake: ['Date'], now: new Date(START) })
    const { control, connect, address, emulator } = await startTunnel({ clock: undefined })
    const { id } = await connect()
    await control.flapConnector({ ...address, connector_id: id, down_for: '30s' })
    vi.setSystemTime(Date.now() + 60_000)
    const copy = await control.createWorld({ from: 'current' })

    expect(await emulator.controlOf(copy.id).listConnectors(address)).toMatchObject([{ tunnel_status: 'healthy' }])
  })

  it('has its own faults, request log, events and snapshots', async () => {
    const { emulator, control } = await startTunnel()
    await control.addFault({ preset: 'outage' })
    await control.saveSnapshot({ name: 'saved' })
    const { id } = await control.createWorld({ from: 'current' })
    const { listFaults, listRequests, listEvents, listSnapshots } = emulator.controlOf(id)

    expect(await Promise.all([listFaults(), listRequests(), listEvents(), listSnapshots()])).toEqual([[], [], [], []])
  })

  it('generates different ids and uses another signing key', async () => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld({ from: 'current' })

    expect((await create('blog', id)).id).not.toBe((await create('blog')).id)
    expect(await emulator.controlOf(id).getPublicKey()).not.toEqual(await control.getPublicKey())
  })

  it('does not share the database of the original', async () => {
    const { control, create } = await startFrozen()
    await create('blog')
    const { id } = await control.createWorld({ from: 'current' })
    await control.deleteWorld({ id })

    expect((await control.getState()).tunnels).toHaveLength(1)
  })
})

describe('max_worlds', () => {
  it('limits the number of worlds, with a message that says what to do', async () => {
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

  it('can be 0, so that only the main world exists', async () => {
    const { control } = await startFrozen({ max_worlds: 0 })

    await expect(control.createWorld()).rejects.toMatchObject({ code: 'refused' })
  })
})

describe('world_idle_ms', () => {
  const MINUTE = 60_000
  const OBSERVER = { headers: { 'mockflared-observer': 'console' } }
  let steady = 0
  const elapse = (millis: number) => {
    steady += millis
  }
  const fakeRealTime = () => {
    const clock = vi.spyOn(performance, 'now').mockImplementation(() => steady)
    onTestFinished(() => clock.mockRestore())
  }

  const startIdle = async () => {
    fakeRealTime()
    const api = await startFrozen({ world_idle_ms: MINUTE })
    const { id } = await api.control.createWorld()
    const ids = async () => (await api.control.listWorlds()).map(world => world.id)
    return { ...api, id, ids }
  }

  it('deletes an idle world when it is over', async () => {
    const { emulator, api, id, ids } = await startIdle()
    elapse(MINUTE + 1)

    expect(await ids()).toEqual(['main'])
    expect((await api('GET', '', undefined, id)).status).toBe(410)
    await expect(emulator.controlOf(id).getClock()).rejects.toMatchObject({
      code: 'gone',
      message: `there is no world ${id}: it was dropped after 1m without a request`,
    })
  })

  it('keeps an idle world until it is over', async () => {
    const { id, ids } = await startIdle()
    elapse(MINUTE)

    expect(await ids()).toEqual(['main', id])
  })

  it.each<[string, (api: Awaited<ReturnType<typeof startIdle>>) => Promise<unknown>]>([
    ['a call of the emulated plane', ({ api, id }) => api('GET', '', undefined, id)],
    [
      'a call of its control plane that changes something',
      ({ emulator, id }) => emulator.inject({ method: 'DELETE', url: `/w/${id}/_mockflared/faults` }),
    ],
    ['a call of the library that changes something', ({ emulator, id }) => emulator.controlOf(id).clearFaults()],
    ['a verification', ({ emulator, id }) => emulator.controlOf(id).verifyRequests({ count: { min: 0 } })],
    ['its reset', ({ emulator, id }) => emulator.controlOf(id).reset()],
    [
      'a change by an observer',
      ({ emulator, id }) => emulator.inject({ ...OBSERVER, method: 'DELETE', url: `/w/${id}/_mockflared/faults` }),
    ],
    [
      'a call of the emulated plane with the header of observers',
      ({ emulator, id }) => emulator.inject({ ...OBSERVER, url: `/w/${id}/client/v4/accounts` }),
    ],
  ])('starts again after %s', async (_case, use) => {
    const api = await startIdle()
    elapse(MINUTE - 1)
    await use(api)
    elapse(MINUTE - 1)
    expect(await api.ids()).toEqual(['main', api.id])

    elapse(2)
    expect(await api.ids()).toEqual(['main'])
  })

  it.each<[string, (api: Awaited<ReturnType<typeof startIdle>>) => Promise<unknown>]>([
    ['listing worlds', ({ ids }) => ids()],
    ['reading over its control plane', ({ emulator, id }) => emulator.inject({ url: `/w/${id}/_mockflared/state` })],
    ['reading with the library', ({ emulator, id }) => emulator.controlOf(id).getState()],
    ['a health check', ({ emulator, id }) => emulator.inject({ url: `/w/${id}/healthz` })],
    ['the console', ({ emulator, id }) => emulator.inject({ url: `/w/${id}/_mockflared/console/` })],
    [
      'a verification by an observer',
      async ({ emulator, id }) => {
        const url = `/w/${id}/_mockflared/requests/verify`
        const verified = await emulator.inject({ ...OBSERVER, method: 'POST', url, payload: { count: { min: 0 } } })
        return verified.statusCode === 200 || undefined
      },
    ],
    [
      'an explanation for an observer',
      async ({ emulator, id }) => {
        const url = `/w/${id}/_mockflared/explain`
        const payload = { url: 'https://shop.example.com/' }
        const explained = await emulator.inject({ ...OBSERVER, method: 'POST', url, payload })
        return explained.statusCode === 200 || undefined
      },
    ],
  ])('does not start again after %s', async (_case, watch) => {
    const api = await startIdle()
    elapse(MINUTE - 1)
    expect(await watch(api)).toBeDefined()
    elapse(2)

    expect(await api.ids()).toEqual(['main'])
  })

  it("does not depend on the machine's clock", async () => {
    const { id, ids } = await startIdle()
    vi.useFakeTimers({ toFake: ['Date'], now: Date.now() + 1_000 * MINUTE })
    expect(await ids()).toEqual(['main', id])

    vi.setSystemTime(0)
    elapse(MINUTE + 1)
    expect(await ids()).toEqual(['main'])
  })

  it('makes room for another world when it is over', async () => {
    fakeRealTime()
    const { control } = await startFrozen({ world_idle_ms: MINUTE, max_worlds: 1 })
    await control.createWorld()
    await expect(control.createWorld()).rejects.toMatchObject({ code: 'refused' })
    elapse(MINUTE + 1)

    await expect(control.createWorld()).resolves.toBeDefined()
  })

  it('does not apply to the main world', async () => {
    const { control, create } = await startIdle()
    await create('blog')
    elapse(1_000 * MINUTE)

    expect((await control.getState()).tunnels).toHaveLength(1)
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

  it('has a path like every world', async () => {
    const { api, create } = await startFrozen()
    await create('blog')

    expect((await api<Tunnel[]>('GET', '', undefined, 'main')).result).toHaveLength(1)
  })
})

describe('the path of a world', () => {
  it.each(['/client/v4', ''])('can continue with the base path %j', async basePath => {
    const { emulator, control, create } = await startFrozen()
    const { id } = await control.createWorld()
    await create('blog', id)
    const response = await emulator.inject({
      url: `/w/${id}${basePath}/accounts/${ACCOUNT}/cfd_tunnel?per_page=1`,
      headers: { authorization: 'Bearer token' },
    })

    expect(response.json()).toMatchObject({ success: true, result: [{ name: 'blog' }] })
  })

  it('is part of the returned URLs, with the host name of the request', async () => {
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

  it('also leads to the health check', async () => {
    const { emulator, control } = await startFrozen()
    const { id } = await control.createWorld()

    expect((await emulator.inject({ url: `/w/${id}/healthz` })).statusCode).toBe(200)
  })
})

describe('createWorld from "current"', () => {
  it('copies a thousand tunnels in under 50 ms', async () => {
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
