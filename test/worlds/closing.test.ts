/** Worlds of a folder that are closed to make room for others, and opened again. */
import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { temporaryFolder } from '../support/temporary.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const CONNECTOR = '11111111-1111-4111-8111-111111111111'
const SEED = seedOf({ id: TUNNEL, name: 'blog', config_src: 'cloudflare', connectors: [{ id: CONNECTOR }] })
const ADDRESS = { account_id: ACCOUNT, tunnel_id: TUNNEL }

/** Open files for the main world and two others; see `openLimit`. */
const ROOM_FOR_THREE = 18

/** Starts a server on a folder that has room for two worlds besides the main one. */
async function startSmall(options: EmulatorOptions = {}) {
  const report = vi.spyOn(process.report, 'getReport').mockReturnValue({
    userLimits: { open_files: { soft: ROOM_FOR_THREE, hard: ROOM_FOR_THREE } },
  } as unknown as ReturnType<typeof process.report.getReport>)
  onTestFinished(() => report.mockRestore())
  const folder = temporaryFolder()
  const started = await startFrozen({ db: `${folder}/`, seed: SEED, ...options })
  const { emulator, control } = started
  let others = 0
  return {
    ...started,
    folder,
    start: async (id: string) => {
      await control.createWorldAs({ id, from: 'seed' })
      return emulator.controlOf(id)
    },
    /** Uses two more worlds, so that no other one has room. */
    useOthers: async () => {
      for (const _ of [1, 2]) {
        others += 1
        await control.createWorldAs({ id: `other-${others}`, from: 'empty' })
      }
    },
    isClosed: (id: string) => readdirSync(join(folder, 'worlds')).includes(`${id}.sqlite.note`),
  }
}

describe('a world that is closed for room', () => {
  it('keeps data, clock, faults, request log, events and report', async () => {
    const { api, create, start, useOthers, isClosed } = await startSmall()
    const world = await start('a')
    await world.moveClock({ set: '2026-02-01T00:00:00Z' })
    await create('shop', 'a')
    await world.addFault({ method: 'GET', after: 1, ttl: '1h', effect: { error: { status: 500, code: 1 } } })
    await api('GET', '', undefined, 'a')
    const read = async () => ({
      state: await world.getState(),
      clock: await world.getClock(),
      faults: await world.listFaults(),
      requests: await world.listRequests(),
      events: await world.listEvents(),
      report: await world.getReport({ world_id: 'a' }),
      lint: await world.lint(),
      due: await world.listDue(),
    })
    const before = await read()
    await useOthers()

    expect(isClosed('a')).toBe(true)
    expect(await read()).toEqual(before)
    expect((await api('GET', '', undefined, 'a')).status).toBe(500)
    await create('next', 'a')
    expect((await world.listRequests()).map(({ id }) => id)).toEqual([1, 2, 3, 4])
    const ids = (await world.listEvents()).map(({ id }) => id)
    expect(ids).toEqual(ids.map((_id, nth) => nth + 1))
  })

  it('goes on with its clock', async () => {
    const { emulator, start, useOthers } = await startSmall({ clock: undefined })
    const world = await start('a')
    await world.moveClock({ advance: '1d' })
    const before = Date.parse((await world.getClock()).now)
    const started = performance.now()
    await useOthers()
    await setTimeout(20)

    const after = Date.parse((await emulator.controlOf('a').getClock()).now)
    expect(after - before).toBeGreaterThanOrEqual(20)
    expect(after - before).toBeLessThan(performance.now() - started + 10)
  })

  it('keeps live connectors, and the scenario to come', async () => {
    const step = {
      after: '1m',
      account_id: ACCOUNT,
      tunnel_id: TUNNEL,
      connector_id: CONNECTOR,
      happens: 'lost',
    } as const
    const { start, useOthers, isClosed } = await startSmall({
      seed: SEED.map(state => ({ ...state, scenario: [step] })),
    })
    const world = await start('a')
    const statesOf = async () =>
      (await world.listConnectors(ADDRESS)).flatMap(({ connections = [] }) => connections.map(({ state }) => state))
    await useOthers()

    expect(isClosed('a')).toBe(true)
    expect(await statesOf()).toEqual(Array(4).fill('live'))
    expect(await world.listDue()).toMatchObject([{ happens: 'connector_loses_connections' }])
    await useOthers()
    await world.moveClock({ advance: '1m' })
    expect(await statesOf()).toEqual(Array(4).fill('pending'))
  })

  it('tells what was due meanwhile when its time is read', async () => {
    const { start, useOthers } = await startSmall()
    const world = await start('a')
    await world.disconnectConnector({ ...ADDRESS, connector_id: CONNECTOR, graceful: false })
    await world.addFault({ method: 'GET', ttl: '10m', effect: { error: { status: 500, code: 1 } } })
    await useOthers()
    const { happened } = await world.moveClock({ advance: '1h' })

    expect(happened.map(({ type }) => type)).toEqual([...Array(4).fill('connection_expired'), 'fault_exhausted'])
  })

  it('keeps the key of its tokens, and its random numbers', async () => {
    const { start, useOthers } = await startSmall()
    const [first, second] = [await start('a'), await start('b')]
    const key = await first.getPublicKey()
    const { id } = await first.connectConnector(ADDRESS)
    await useOthers()

    expect(await first.getPublicKey()).toEqual(key)
    expect((await first.connectConnector(ADDRESS)).id).not.toBe(id)
    expect((await second.connectConnector(ADDRESS)).id).not.toBe(id)
  })

  it('is listed without being opened', async () => {
    const { control, start, useOthers, isClosed } = await startSmall()
    await start('a')
    const find = async () => (await control.listWorlds()).find(({ id }) => id === 'a')
    const before = await find()
    await useOthers()

    expect(await find()).toEqual(before)
    expect(isClosed('a')).toBe(true)
  })

  it('is listed with the status that its tunnels have by then', async () => {
    const { control, start, useOthers } = await startSmall({ clock: undefined, pending_reconnect: '1s' })
    const world = await start('a')
    await world.disconnectConnector({ ...ADDRESS, connector_id: CONNECTOR, graceful: false })
    await useOthers()

    await expect
      .poll(async () => (await control.listWorlds()).find(({ id }) => id === 'a')?.statuses.down, { timeout: 10_000 })
      .toBe(1)
  })

  it('starts its report again when all are cleared', async () => {
    const { api, control, start, useOthers } = await startSmall()
    const world = await start('a')
    await api('GET', '', undefined, 'a')
    await useOthers()
    await control.clearReport()

    expect((await world.getReport({ world_id: 'a' })).answers).toBe(0)
  })

  it('can be reset and deleted', async () => {
    const { control, folder, start, useOthers } = await startSmall()
    const world = await start('a')
    await start('b')
    await useOthers()
    await world.reset({ to: 'empty' })
    expect((await world.getState()).tunnels).toEqual([])
    await control.deleteWorld({ id: 'b' })

    expect(readdirSync(join(folder, 'worlds')).filter(file => file.startsWith('b.'))).toEqual([])
  })
})

describe('a world stays open', () => {
  const refusal = { code: 'refused', message: 'all 3 worlds that can be open at once are in use: try again later' }

  it.each<[string, (world: Awaited<ReturnType<Awaited<ReturnType<typeof startSmall>>['start']>>) => Promise<unknown>]>([
    ['a snapshot', world => world.saveSnapshot({ name: 'before' })],
    ['a connector that returns', world => world.flapConnector({ ...ADDRESS, connector_id: CONNECTOR, down_for: '1m' })],
    ['a connector that drains', world => world.drainConnector({ ...ADDRESS, connector_id: CONNECTOR, every: '1m' })],
  ])('while it has %s', async (_what, make) => {
    const { control, start, isClosed } = await startSmall()
    for (const id of ['a', 'b']) await make(await start(id))

    await expect(control.createWorldAs({ id: 'c', from: 'seed' })).rejects.toMatchObject(refusal)
    expect([isClosed('a'), isClosed('b')]).toEqual([false, false])
    await control.deleteWorld({ id: 'a' })
    await expect(control.createWorldAs({ id: 'c', from: 'seed' })).resolves.toBeDefined()
  })

  it('while a client reads its events, and the next one gets 503', async () => {
    const { emulator, control, start } = await startSmall({ listen: true, port: 0 })
    const ending = new AbortController()
    onTestFinished(() => ending.abort())
    await start('a')
    for (const id of ['b', 'c']) {
      await start(id)
      await fetch(`${emulator.url}/w/${id}/_mockflared/events`, {
        headers: { accept: 'text/event-stream' },
        signal: ending.signal,
      })
    }
    await expect(control.createWorldAs({ id: 'd', from: 'seed' })).rejects.toMatchObject(refusal)
    const response = await fetch(`${emulator.url}/w/a/client/v4/accounts`, { headers: { authorization: 'Bearer t' } })
    expect([response.status, response.headers.get('retry-after'), await response.json()]).toEqual([
      503,
      '1',
      { error: refusal },
    ])

    ending.abort()
    await expect.poll(async () => (await fetch(`${emulator.url}/w/a/healthz`)).status, { timeout: 10_000 }).toBe(200)
  })

  it('until its request is over, however long that takes', async () => {
    const { api, control, start, useOthers } = await startSmall({ clock: undefined })
    const world = await start('a')
    await world.addFault({ method: 'GET', effect: { latency: { ms: 500 } } })
    const slow = api('GET', '', undefined, 'a')
    await useOthers().catch(() => {})

    expect((await slow).status).toBe(200)
    await expect(control.listWorlds()).resolves.toBeDefined()
  })
})

it('a list of the worlds that changed also has those that were opened since it began', async () => {
  const { emulator, create, start, useOthers } = await startSmall({ listen: true, port: 0 })
  const ending = new AbortController()
  onTestFinished(() => ending.abort())
  await start('a')
  await useOthers()
  const { body } = await fetch(`${emulator.url}/_mockflared/events?worlds=all`, {
    headers: { accept: 'text/event-stream' },
    signal: ending.signal,
  })
  await create('later', 'a')

  for await (const chunk of body?.pipeThrough(new TextDecoderStream()) ?? []) {
    if (!chunk.includes('world_ids')) continue
    expect(chunk).toContain('["a"]')
    return
  }
})
