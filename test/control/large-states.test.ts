/** States that take several turns, and what other requests see meanwhile. */
import { setImmediate } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import type { State } from '../../schemas/state.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { createControlClient } from '../../src/client.ts'
import { temporary } from '../support/command.ts'
import { startFrozen } from '../support/frozen-emulator.ts'
import { manyTunnels } from '../support/many-tunnels.ts'

/** Several turns, more than 2 MiB of JSON. */
const LARGE = manyTunnels(2_300)

/** More than the 8 MiB that are copied as an image. */
const VERY_LARGE = manyTunnels(5_400)

const WHERE: [string, () => { readonly db?: string }][] = [
  ['in memory', () => ({})],
  ['in a file', () => ({ db: temporary('data.db') })],
]

const namesIn = ({ tunnels = [] }: State): readonly string[] => tunnels.map(({ name }) => name)

/** Calls again and again until the work is over. Returns all results. */
async function during<T>(work: Promise<unknown>, call: () => Promise<T>): Promise<readonly T[]> {
  let isOver = false
  const end = (): void => {
    isOver = true
  }
  work.then(end, end)
  const results: T[] = []
  while (!isOver) {
    results.push(await call())
    await setImmediate()
  }
  return results
}

async function start(options: Parameters<typeof startFrozen>[0] = {}) {
  const started = await startFrozen(options)
  await started.create('old')
  const put = (state: object) =>
    started.emulator.inject({ method: 'PUT', url: '/_mockflared/state', payload: JSON.stringify(state) })
  const list = async () => (await started.api<Tunnel[]>('GET', '?per_page=1')).result.map(({ name }) => name)
  const health = async () => (await started.emulator.inject({ url: '/healthz' })).statusCode
  return { ...started, put, list, health }
}

describe.each(WHERE)('a large state %s', (_where, options) => {
  it('is the same after it is put, over HTTP and in the library', async () => {
    const { emulator, control, put } = await start(options())
    expect((await put(LARGE)).statusCode).toBe(200)
    const over = await emulator.inject({ url: '/_mockflared/state' })
    expect(over.headers['content-type']).toBe('application/json; charset=utf-8')
    expect(over.body.length).toBeGreaterThan(2 ** 21)
    expect(over.json()).toMatchObject(LARGE)

    await control.putState(over.json())
    expect(await control.getState()).toMatchObject(LARGE)
  })

  it('is put and read through the client', async () => {
    const { emulator } = await start(options())
    const client = createControlClient({ url: emulator.url, fetch: emulator.fetch })
    await client.putState(LARGE)

    expect(await client.getState()).toMatchObject(LARGE)
  })

  it('is read as it was when the reading began', async () => {
    const { control, api } = await start(options())
    await control.putState(LARGE)
    const reading = control.getState()
    const last = LARGE.tunnels?.at(-1)
    expect((await api('PATCH', `/${last?.id}`, { name: 'renamed' })).status).toBe(200)
    await control.reset({ to: 'empty' })

    expect(await reading).toMatchObject(LARGE)
  })

  it('replaces the old one only when it is complete', async () => {
    const { put, list } = await start(options())
    const names = (await during(put(LARGE), list)).flat()

    expect(new Set(names.slice(0, -1))).toEqual(new Set(['old']))
    expect(names.length).toBeGreaterThan(3)
    expect(await list()).not.toEqual(['old'])
  })

  it('with an error at its end changes nothing', async () => {
    const { control, put, health } = await start(options())
    const before = [await control.getState(), await control.listEvents()]
    const wrong = { ...LARGE, tunnels: [...(LARGE.tunnels ?? []), LARGE.tunnels?.[0]] }
    const putting = put(wrong)
    expect((await during(putting, health)).length).toBeGreaterThan(3)

    expect((await putting).json()).toEqual({
      error: {
        code: 'invalid',
        message: 'state: tunnels[2300].id: another tunnel has the id 00000000-0000-4000-8000-000000000001',
      },
    })
    expect([await control.getState(), await control.listEvents()]).toEqual(before)
  })

  it('cannot be loaded twice at once', async () => {
    const { control } = await start({ seed: [LARGE], ...options() })
    const first = control.reset()

    await expect(control.putState({})).rejects.toMatchObject({
      code: 'refused',
      message: 'world main is being replaced: try again when that is done',
    })
    await first
    expect(await control.getState()).toMatchObject(LARGE)
    await control.putState({})
  })

  it('is saved and restored while others are served', async () => {
    const { control, create, health } = await start(options())
    await control.putState(VERY_LARGE)
    const saving = control.saveSnapshot({ name: 'large' })
    await create('later')
    expect((await during(saving, health)).length).toBeGreaterThan(3)
    expect(await saving).toMatchObject({ tunnels: 5_400 })
    const restoring = control.restoreSnapshot({ name: 'large' })
    expect((await during(restoring, health)).length).toBeGreaterThan(3)
    await restoring

    expect(await control.getState()).toMatchObject(VERY_LARGE)
    expect((await control.getSnapshot({ name: 'large' })).state).toMatchObject(VERY_LARGE)
  })
})

describe('a large world', () => {
  it('is the start of others while others are served', async () => {
    const { emulator, control, health } = await start({ seed: [VERY_LARGE] })
    for (const from of ['current', 'seed']) {
      await control.reset()
      const creating = control.createWorld({ from })
      expect((await during(creating, health)).length).toBeGreaterThan(3)
      const { id, tunnels } = await creating

      expect(tunnels).toBe(5_400)
      expect(await emulator.controlOf(id).getState()).toMatchObject(VERY_LARGE)
    }
  })

  it('has its id and its place while it is created', async () => {
    const { control } = await start({ seed: [LARGE], max_worlds: 1 })
    const creating = control.createWorldAs({ id: 'job' })

    await expect(control.createWorldAs({ id: 'job' })).rejects.toMatchObject({
      message: 'there is a world job already: delete, reset or reuse it',
    })
    await expect(control.createWorld()).rejects.toMatchObject({ message: /^there are 1 worlds already/ })
    expect(await creating).toMatchObject({ id: 'job', tunnels: 2_300 })
  })

  it.each(['restoreSnapshot', 'saveSnapshot'] as const)('that is deleted meanwhile refuses %s', async name => {
    const { emulator, control } = await start({ seed: [VERY_LARGE] })
    const { id } = await control.createWorld()
    const world = emulator.controlOf(id)
    await world.saveSnapshot({ name: 'one' })
    const pending = world[name]({ name: 'one' })
    await setImmediate()
    await control.deleteWorld({ id })

    await expect(pending).rejects.toMatchObject({ code: 'refused', message: /ended meanwhile$/ })
  })

  it('refuses to be reset or forked if the emulator closes meanwhile', async () => {
    const { emulator, control } = await start({ seed: [VERY_LARGE] })
    const pending = [control.reset(), control.createWorld({ from: 'current' })]
    await setImmediate()
    const results = Promise.allSettled(pending)
    await emulator.close()

    for (const result of await results) {
      expect(result).toMatchObject({ status: 'rejected', reason: { code: 'refused', message: /ended meanwhile$/ } })
    }
  })
})

describe('a file database in which a state is being put', () => {
  it('refuses writes at once and reads the old data', async () => {
    const { control, api, list } = await start({ db: temporary('data.db') })
    const putting = control.putState(LARGE)
    const seen = await during(putting, async () => {
      const tunnels = await list()
      return { tunnels, status: (await api('POST', '', { name: `new-${performance.now()}` })).status }
    })
    const count = LARGE.tunnels?.length ?? 0
    const names = namesIn(await control.getState())

    expect(new Set(seen.map(({ tunnels }) => tunnels.length))).toEqual(new Set([1]))
    // Writes may come before the state is checked, and the last one while it takes its place.
    const statuses = seen.map(({ status }) => status)
    const refused = statuses.slice(statuses.indexOf(507), -1)
    expect(new Set(refused)).toEqual(new Set([507]))
    expect(names.slice(0, count)).toEqual(namesIn(LARGE))
    expect(names.length).toBeLessThanOrEqual(count + 1)
  })
})

describe('the limit of a body', () => {
  const tooLong = (limit: string) => ({
    error: { code: 'invalid', message: `the body is larger than ${limit}, which is the limit here` },
  })

  it('is 1 MiB, with and without a content length', async () => {
    const { emulator } = await start()
    const payload = `{"to":"${' '.repeat(2 ** 20)}"}`
    const request = { method: 'POST' as const, url: '/_mockflared/reset', payload }
    const response = await emulator.inject(request)
    const body = new Blob([payload]).stream()
    const streamed = await emulator.fetch(`${emulator.controlURL || emulator.url}/_mockflared/reset`, {
      method: 'POST',
      body,
    })

    expect([response.statusCode, response.json()]).toEqual([413, tooLong('1 MiB')])
    expect([streamed.status, await streamed.json()]).toEqual([413, tooLong('1 MiB')])
  })

  it('is 256 MiB for a state', async () => {
    const { emulator } = await start()
    const headers = { 'content-length': String(256 * 2 ** 20 + 1) }
    const response = await emulator.inject({ method: 'PUT', url: '/_mockflared/state', headers, payload: '{}' })

    expect([response.statusCode, response.json()]).toEqual([413, tooLong('256 MiB')])
  })
})
