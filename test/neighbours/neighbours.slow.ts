/**
 * What a world waits for while another world is busy: `npm run test:neighbours`. World B reads one of
 * its tunnels every 4 ms. World A, with 20,000 tunnels, has four clients.
 */
import { env, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { CONTROL, LARGE_CONFIGURATION, type Neighbours, startNeighbours, TUNNEL_ID, TUNNELS } from './server.ts'

const RUN_MS = Number(env.MOCKFLARED_NEIGHBOURS_MS ?? 4_000)
const [SIZE, CLIENTS] = [20_000, 4]

/** For the median of B, and for 99 % of the health checks, if the server has a processor. */
const [MAX_MEDIAN_MS, MAX_HEALTH_MS] = [40, 100]

/** A server that gets less of a processor than this is not measured but starved. */
const MIN_SHARE = 0.05

type Load = (server: Neighbours, nth: number) => Promise<unknown>

const LOADS: [what: string, load: Load][] = [
  ['nothing', () => setTimeout(20)],
  ['lists of 1,000', ({ call }, nth) => call('GET', `/w/a${TUNNELS}?per_page=1000&page=${1 + (nth % 20)}`)],
  ['creates', ({ call }, nth) => call('POST', `/w/a${TUNNELS}`, JSON.stringify({ name: `new-${nth}` }))],
  ['state exports', ({ call }) => call('GET', `/w/a${CONTROL}/state`)],
  ['state puts', ({ call, state }) => call('PUT', `/w/a${CONTROL}/state`, state)],
  ['snapshot saves', ({ call }) => call('POST', `/w/a${CONTROL}/snapshots`, '{"name":"large"}')],
  ['snapshot restores', ({ call }) => call('POST', `/w/a${CONTROL}/snapshots/large/restore`, '{}')],
  ['changes since a snapshot', ({ call }) => call('GET', `/w/a${CONTROL}/snapshots/large/changes`)],
  ['resets', ({ call }) => call('POST', `/w/a${CONTROL}/reset`, '{}')],
  ['overviews', ({ call }) => call('GET', `/w/a${CONTROL}/overview`)],
  ['worlds from the seed', createAndDelete],
  ['puts of 1 MiB', ({ call }) => call('PUT', `/w/a${TUNNELS}/${TUNNEL_ID}/configurations`, LARGE_CONFIGURATION)],
]

async function createAndDelete({ call }: Neighbours, nth: number): Promise<void> {
  await call('PUT', `${CONTROL}/worlds/new-${nth}`, '{}')
  await call('DELETE', `${CONTROL}/worlds/new-${nth}`)
}

describe('a world next to one with four clients', () => {
  let server: Neighbours
  let path: string
  beforeAll(async () => {
    server = await startNeighbours(SIZE)
    await server.call('PUT', `${CONTROL}/worlds/a`, '{"from":"seed"}')
    await server.call('PUT', `${CONTROL}/worlds/b`, '{"from":"empty"}')
    const { body } = await server.call('POST', `/w/b${TUNNELS}`, '{"name":"calm"}')
    path = `/w/b${TUNNELS}/${JSON.parse(String(body)).result.id}`
  })
  afterAll(() => server.stop())

  it.each(LOADS)('that send %s waits little, and so do health checks', async (what, load) => {
    let [isOver, loads] = [false, 0]
    const clients = Array.from({ length: CLIENTS }, async () => {
      while (!isOver) await load(server, loads++)
    })
    const times = async (path: string, every_ms: number): Promise<readonly number[]> => {
      const end = performance.now() + RUN_MS
      const times: number[] = []
      while (performance.now() < end) {
        const { status, took_ms } = await server.call('GET', path)
        expect(status).toBe(200)
        times.push(took_ms)
        await setTimeout(every_ms)
      }
      return times.toSorted((a, b) => a - b)
    }
    await server.loopUse()
    const [own, health] = await Promise.all([times(path, 4), times('/healthz', 20)])
    const { cpu_ms, wall_ms } = await server.loopUse()
    isOver = true
    await Promise.all(clients)

    const share = Math.max(cpu_ms / wall_ms, MIN_SHARE)
    const [median, p90, p99] = [0.5, 0.9, 0.99].map(part => at(own, part))
    const [checked = 0] = [at(health, 0.99)]
    stdout.write(
      `NEIGHBOUR: ${what}: median ${text(median)}, p90 ${text(p90)}, p99 ${text(p99)}; ` +
        `health checks p99 ${text(checked)}; the server had ${share.toFixed(2)} of a processor\n`,
    )
    expect(median).toBeLessThan(MAX_MEDIAN_MS / share)
    expect(checked).toBeLessThan(MAX_HEALTH_MS / share)
  })
})

function at(sorted: readonly number[], part: number): number {
  return sorted[Math.floor((sorted.length - 1) * part)] ?? 0
}

function text(millis = 0): string {
  return `${millis.toFixed(1)} ms`
}
