/**
 * A world beside a busy one in another worker thread. How long it waits also depends on the processors
 * that the machine has left, so the same load on another server is what it is compared with.
 */
import { env, stdout } from 'node:process'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { CONTROL, LARGE_CONFIGURATION, type Neighbours, startNeighbours, TUNNEL_ID, TUNNELS } from './server.ts'

const RUN_MS = Number(env.MOCKFLARED_NEIGHBOURS_MS ?? 4_000)
const [SIZE, CLIENTS] = [20_000, 4]

/** A server with one thread makes it wait up to a hundred times as long. */
const MAX_RATIO = 1.5

/** What other processes of a busy machine take between two answers. */
const TOLERANCE_MS = 10

type Load = (server: Neighbours, nth: number) => Promise<unknown>

const LOADS: [what: string, load: Load][] = [
  ['lists of 1,000', ({ call }, nth) => call('GET', `/w/a${TUNNELS}?per_page=1000&page=${1 + (nth % 20)}`)],
  ['puts of 1 MiB', ({ call }) => call('PUT', `/w/a${TUNNELS}/${TUNNEL_ID}/configurations`, LARGE_CONFIGURATION)],
  ['state exports', ({ call }) => call('GET', `/w/a${CONTROL}/state`)],
  ['resets', ({ call }) => call('POST', `/w/a${CONTROL}/reset`, '{}')],
]

let server: Neighbours
let other: Neighbours
let path: string
beforeAll(async () => {
  server = await startNeighbours(SIZE, false, ['--workers', '2'])
  other = await startNeighbours(SIZE)
  for (const one of [server, other]) await one.call('PUT', `${CONTROL}/worlds/a`, '{"from":"seed"}')
  await server.call('PUT', `${CONTROL}/worlds/b`, '{"from":"empty"}')
  const { body } = await server.call('POST', `/w/b${TUNNELS}`, '{"name":"calm"}')
  path = `/w/b${TUNNELS}/${JSON.parse(String(body)).result.id}`
})
afterAll(() => Promise.all([server.stop(), other.stop()]))

it.each(LOADS)(
  'beside four clients that send %s, it waits as if they sent them to another server',
  async (what, load) => {
    const alone = await medianOf(server, path)
    const elsewhere = await withClients(other, load, () => medianOf(server, path))
    const beside = await withClients(server, load, () => medianOf(server, path))
    const health = await withClients(server, load, () => medianOf(server, '/healthz'))
    stdout.write(
      `NEIGHBOUR: --workers 2: ${what}: median ${text(beside)}, alone ${text(alone)}, ` +
        `beside another server with this load ${text(elsewhere)}; health checks ${text(health)}\n`,
    )

    expect(beside).toBeLessThan(MAX_RATIO * elsewhere + TOLERANCE_MS)
    expect(health).toBeLessThan(MAX_RATIO * elsewhere + TOLERANCE_MS)
  },
)

async function withClients<Result>(server: Neighbours, load: Load, work: () => Promise<Result>): Promise<Result> {
  let [isOver, loads] = [false, 0]
  const clients = Array.from({ length: CLIENTS }, async () => {
    while (!isOver) await load(server, loads++)
  })
  try {
    return await work()
  } finally {
    isOver = true
    await Promise.all(clients)
  }
}

async function medianOf({ call }: Neighbours, path: string): Promise<number> {
  const end = performance.now() + RUN_MS / 2
  const times: number[] = []
  while (performance.now() < end) {
    const { status, took_ms } = await call('GET', path)
    expect(status).toBe(200)
    times.push(took_ms)
    await setTimeout(4)
  }
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0
}

function text(millis: number): string {
  return `${millis.toFixed(1)} ms`
}
