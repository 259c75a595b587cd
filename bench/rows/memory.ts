/** Resident memory as the operating system counts it, without forcing a garbage collection. */
import { type Call, send } from '../load.ts'
import { growthOf, sizeOf } from '../memory.ts'
import { AUTHORIZATION, FASTIFY, type Server, startQuiet, startServer, TUNNELS } from '../process.ts'
import { interleaved, plain, type Row, ratio } from '../row.ts'
import { CREATE, createTunnel, fastifyFile, putConfiguration, seedOf, writeTemporary } from '../samples.ts'

const CREATES = 10_000
const WORLDS = 100
const BUSY_WORLDS = 40
const REQUESTS = 100
const LIST: Call = { path: `${TUNNELS}?per_page=20` }

function growthByCreates(server: Server): Promise<number> {
  return growthOf(server, () => send(server, CREATE, CREATES))
}

async function growthByWorld(server: Server): Promise<number> {
  return (await growthOf(server, () => repeat(WORLDS, () => createWorld(server)))) / WORLDS
}

/** Lists, creates, configurations and reads, as the test of a program sends them. */
async function growthByBusyWorld(server: Server): Promise<number> {
  let nth = 0
  const useWorld = async (): Promise<void> => {
    const world = { ...server, url: `${server.url}/w/${await createWorld(server)}` }
    const id = await createTunnel(world, 'shop')
    for (let count = 0; count < REQUESTS / 4; count += 1) {
      nth += 1
      for (const call of [LIST, CREATE, putConfiguration(id), { path: `${TUNNELS}/${id}` }])
        await request(world, call, nth)
    }
  }
  return (await growthOf(server, () => repeat(BUSY_WORLDS, useWorld))) / BUSY_WORLDS
}

async function repeat(count: number, work: () => Promise<unknown>): Promise<void> {
  for (let nth = 0; nth < count; nth += 1) await work()
}

async function createWorld({ url }: Server): Promise<string> {
  const response = await fetch(`${url}/_mockflared/worlds`, { method: 'POST', body: '{"from":"current"}' })
  if (!response.ok) throw new Error('the server created no world')
  return JSON.parse(await response.text()).id
}

async function request({ url }: Server, { method = 'GET', path, body }: Call, nth: number): Promise<void> {
  const response = await fetch(`${url}${path}`, {
    method,
    headers: AUTHORIZATION,
    ...(body !== undefined && { body: body.replace('<nth>', String(nth)) }),
  })
  await response.text()
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status}`)
}

async function measured(server: Server, measure: (server: Server) => Promise<number>): Promise<number> {
  await fetch(`${server.url}${TUNNELS}?per_page=1`, { headers: AUTHORIZATION })
  const size = await measure(server)
  await server.stop()
  return size
}

export const memory: Row = {
  id: 'memory',
  unit: 'MiB',
  measure: async ({ rounds }) => {
    const [fastify, seed] = [await fastifyFile(), writeTemporary('memory-seed.json', seedOf(1_000))]
    // Few rounds are enough: memory varies little.
    return interleaved(Math.ceil(rounds / 3), {
      fastify: async () => measured(await startServer([FASTIFY, fastify]), sizeOf),
      mockflared: async () => measured(await startQuiet(), sizeOf),
      'creates, fastify': async () => measured(await startServer([FASTIFY, fastify]), growthByCreates),
      'creates, no request log': async () => measured(await startQuiet('--journal-size', '0'), growthByCreates),
      creates: async () => measured(await startQuiet(), growthByCreates),
      'world of 1,000 tunnels': async () => measured(await startQuiet('--seed', seed), growthByWorld),
      'busy world': async () => measured(await startQuiet('--seed', 'every-status'), growthByBusyWorld),
      'empty world': async () => measured(await startQuiet(), growthByWorld),
    })
  },
  figures: [
    {
      what: 'memory without load / bare Fastify',
      unit: '×',
      atMost: 1.2,
      failsAt: 3,
      of: ratio('mockflared', 'fastify'),
    },
    { what: 'the same', unit: 'MiB', of: plain('mockflared') },
    { what: 'memory that 10,000 creates add', unit: 'MiB', atMost: 60, failsAt: 200, of: plain('creates') },
    { what: 'the same without a request log', unit: 'MiB', of: plain('creates, no request log') },
    { what: 'the same of bare Fastify with one prepared INSERT', unit: 'MiB', of: plain('creates, fastify') },
    { what: 'memory of a forked empty world', unit: 'MiB', atMost: 1, failsAt: 5, of: plain('empty world') },
    {
      what: 'memory of a forked world of a dozen tunnels after 100 requests',
      unit: 'MiB',
      atMost: 4,
      failsAt: 12,
      of: plain('busy world'),
    },
    { what: 'memory of a forked world of 1,000 tunnels', unit: 'MiB', of: plain('world of 1,000 tunnels') },
  ],
}
