/**
 * Many more worlds in a folder than may be open at once. `npm run test:durability` does it with
 * 10,000 and prints figures.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { env, stdout } from 'node:process'
import { describe, expect, it } from 'vitest'
import { serve, temporary } from '../support/command.ts'

const WORLDS = Number(env.MOCKFLARED_WORLDS ?? 60)
const IN_USE = Math.ceil(WORLDS / 10)
const LANES = 5

/** Room for a third of the worlds in use in `npm test`, and for all of them in the slow run. */
const OPEN_FILES = Math.max(6 * Math.ceil(IN_USE / 3) + 100, 120)

type Server = Awaited<ReturnType<typeof serve>>

function serveOn(folder: string): Promise<Server> {
  const args = ['--db', `${folder}/`, '--max-worlds', String(WORLDS), '--seed', 'every-status']
  return serve(args, {}, ['sh', '-c', `ulimit -n ${env.MOCKFLARED_WORLDS ? 20_000 : OPEN_FILES}; exec "$@"`, 'sh'])
}

/** Calls `work` for each world, some at a time; returns the milliseconds that each call took. */
async function forEachOf(ids: readonly string[], work: (id: string) => Promise<unknown>): Promise<number[]> {
  const waiting = [...ids]
  const times: number[] = []
  const lane = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      const start = performance.now()
      await work(id)
      times.push(performance.now() - start)
    }
  }
  await Promise.all(Array.from({ length: LANES }, lane))
  return times.toSorted((a, b) => a - b)
}

async function millisOf(work: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await work()
  return performance.now() - start
}

function percentile(times: readonly number[], part: number): string {
  return (times[Math.floor(times.length * part)] ?? 0).toFixed(1)
}

function middle(times: readonly number[]): string {
  return `${percentile(times, 0.5)} ms (99 %: ${percentile(times, 0.99)})`
}

function openFilesOf({ pid }: Server): number {
  return readdirSync(`/proc/${pid}/fd`).length
}

function memoryOf({ pid }: Server): string {
  const [, kib = '0'] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
  return `${Math.round(Number(kib) / 1_024)} MiB`
}

async function idsIn({ control }: Server): Promise<readonly string[]> {
  return ((await control('GET', '/worlds')).json as { readonly id: string }[]).map(({ id }) => id).toSorted()
}

describe(`${WORLDS} worlds in a folder`, () => {
  it('are all served, with the open files of those that have room', {
    timeout: 60_000 + WORLDS * 100,
  }, async ({ skip }) => {
    if (process.platform !== 'linux') skip('NOT RUN: only Linux says in /proc how many files a process has open')
    const folder = temporary('data')
    const ids = Array.from({ length: WORLDS }, (_, nth) => `job-${nth}`)
    const all = ['main', ...ids].toSorted()
    const used = ids.slice(0, IN_USE)
    const server = await serveOn(folder)
    const alone = memoryOf(server)
    const created = await forEachOf(ids, id => server.control('PUT', `/worlds/${id}`, { from: 'seed' }))
    const afterCreation = memoryOf(server)
    const write = async (id: string) =>
      expect(await server.world(id).api('POST', '', { name: `of-${id}` })).toMatchObject({ status: 200 })
    const opened = await forEachOf(used, write)
    const again = await forEachOf(used, id => server.world(id).api('GET', ''))
    const files = openFilesOf(server)
    expect(files).toBeLessThan(env.MOCKFLARED_WORLDS ? 3 * 1_000 + 100 : OPEN_FILES)
    const listed = await millisOf(async () => expect(await idsIn(server)).toEqual(all))
    const inUse = memoryOf(server)
    const stopped = await millisOf(() => server.stop('SIGTERM'))

    let next = server
    const started = await millisOf(async () => {
      next = await serveOn(folder)
    })
    const namesIn = async (id: string): Promise<readonly string[]> => {
      const { result } = (await next.world(id).api('GET', `?name=of-${id}`)).json as { result: { name: string }[] }
      return result.map(({ name }) => name)
    }
    await forEachOf(used, async id => expect(await namesIn(id)).toEqual([`of-${id}`]))
    const firstList = await millisOf(async () => expect(await idsIn(next)).toEqual(all))

    if (env.MOCKFLARED_WORLDS) {
      stdout.write(`${WORLDS} worlds of the seed every-status, ${IN_USE} in use, ${LANES} clients
create: ${middle(created)}; open again and write: ${middle(opened)}; read while open: ${middle(again)}
memory: ${alone} alone, ${afterCreation} after all were created, ${inUse} at the end; open files: ${files}
list: ${listed.toFixed(0)} ms; stop: ${stopped.toFixed(0)} ms; start: ${started.toFixed(0)} ms; the first list then: ${firstList.toFixed(0)} ms
`)
    }
  })
})
