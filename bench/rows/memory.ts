/** Memory as the operating system counts it, without a collection of garbage that nobody asked for. */
import { setTimeout } from 'node:timers/promises'
import { send } from '../load.ts'
import { AUTHORIZATION, FASTIFY, type Server, startMockflared, startServer, TUNNELS } from '../process.ts'
import { interleaved, plain, type Row, ratio } from '../row.ts'
import { answersFile, CREATE, worldOf, writeTemporary } from '../samples.ts'

const MIB = 2 ** 20
const CREATES = 10_000
const WORLDS = 100

/** Until what the start left behind is put away. */
const SETTLED_AFTER_MS = 500

async function sizeOf(server: Server): Promise<number> {
  await setTimeout(SETTLED_AFTER_MS)
  return (await server.usage()).rss / MIB
}

async function growth(server: Server, work: () => Promise<unknown>): Promise<number> {
  const before = await sizeOf(server)
  await work()
  return (await sizeOf(server)) - before
}

async function forkWorlds({ url }: Server): Promise<void> {
  for (let nth = 0; nth < WORLDS; nth += 1) {
    const { ok } = await fetch(`${url}/_mockflared/worlds`, { method: 'POST', body: '{"from":"current"}' })
    if (!ok) throw new Error('no world was made')
  }
}

async function during<T>(server: Server, measure: (server: Server) => Promise<T>): Promise<T> {
  await fetch(`${server.url}${TUNNELS}?per_page=1`, { headers: AUTHORIZATION })
  const measured = await measure(server)
  await server.stop()
  return measured
}

export const memory: Row = {
  id: 'memory',
  unit: 'MiB',
  measure: async ({ rounds }) => {
    const [answers, full] = [await answersFile(), writeTemporary('full.json', worldOf(1_000))]
    // It hardly varies.
    return interleaved(Math.ceil(rounds / 3), {
      fastify: async () => during(await startServer([FASTIFY, answers]), sizeOf),
      mockflared: async () => during(await startMockflared(), sizeOf),
      'creates, fastify': async () =>
        during(await startServer([FASTIFY, answers]), server => growth(server, () => send(server, CREATE, CREATES))),
      'creates, no journal': async () =>
        during(await startMockflared('--journal-size', '0'), server =>
          growth(server, () => send(server, CREATE, CREATES)),
        ),
      creates: async () =>
        during(await startMockflared(), server => growth(server, () => send(server, CREATE, CREATES))),
      'full world': async () =>
        during(
          await startMockflared('--seed', full),
          async server => (await growth(server, () => forkWorlds(server))) / WORLDS,
        ),
      world: async () =>
        during(await startMockflared(), async server => (await growth(server, () => forkWorlds(server))) / WORLDS),
    })
  },
  figures: [
    { what: 'memory, idle / bare Fastify', unit: '×', atMost: 1.5, gross: 3, of: ratio('mockflared', 'fastify') },
    { what: 'memory that 10,000 creates add', unit: 'MiB', atMost: 40, of: plain('creates') },
    { what: 'the same without a journal', unit: 'MiB', of: plain('creates, no journal') },
    { what: 'the same of bare Fastify with one prepared INSERT', unit: 'MiB', of: plain('creates, fastify') },
    {
      what: 'memory that 10,000 creates add / bare Fastify, idle',
      unit: '×',
      gross: 3,
      of: ratio('creates', 'fastify'),
    },
    { what: 'memory of a forked empty world', unit: 'MiB', atMost: 1, of: plain('world') },
    { what: 'memory of a forked world of 1,000 tunnels', unit: 'MiB', of: plain('full world') },
    { what: 'a forked empty world / bare Fastify, idle', unit: '×', gross: 0.1, of: ratio('world', 'fastify') },
  ],
}
