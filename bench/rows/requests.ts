/** One request over a socket, compared with a bare Fastify that gives the same response without any work. */
import { type Call, costOf, send } from '../load.ts'
import { FASTIFY, type Server, startDefault, startQuiet, startServer, TUNNELS } from '../process.ts'
import { type Effort, interleaved, type Row, ratio, type Series, share } from '../row.ts'
import { CREATE, createTunnel, fastifyFile, putConfiguration } from '../samples.ts'

const UNIT = 'µs of processor time a request'

/** How many requests one answers while the other answers one: the inverse of their costs. */
function speed(of: string, than: string) {
  return ratio(than, of)
}

async function startFastify(): Promise<Server> {
  return startServer([FASTIFY, await fastifyFile()])
}

/** Measures calls to several servers in turn, and stops the servers. */
async function measureCalls(
  { rounds, warmUpRequests }: Effort,
  contenders: Readonly<Record<string, { readonly server: Server; readonly call: Call }>>,
): Promise<Series> {
  const entries = Object.entries(contenders)
  try {
    for (const [, { server, call }] of entries) await send(server, call, warmUpRequests)
    return await interleaved(
      rounds,
      Object.fromEntries(entries.map(([name, { server, call }]) => [name, () => costOf(server, call)])),
    )
  } finally {
    await Promise.all([...new Set(entries.map(([, { server }]) => server))].map(server => server.stop()))
  }
}

/** One read, over and over. `prepare` fills a mockflared and returns the call. */
function measureRead(prepare: (mockflared: Server) => Promise<Call>) {
  return async (effort: Effort): Promise<Series> => {
    const [fastify, quiet, logging] = [await startFastify(), await startQuiet(), await startDefault()]
    const call = await prepare(quiet)
    return measureCalls(effort, {
      fastify: { server: fastify, call },
      mockflared: { server: quiet, call },
      'mockflared, text log': { server: logging, call: await prepare(logging) },
    })
  }
}

export const get: Row = {
  id: 'get',
  unit: UNIT,
  measure: measureRead(async server => ({ path: `${TUNNELS}/${await createTunnel(server, 'blog')}` })),
  figures: [
    {
      what: 'GET one tunnel, `--log off` / bare Fastify, static object',
      unit: '×',
      atLeast: 0.55,
      failsAt: 0.15,
      of: speed('mockflared', 'fastify'),
    },
    {
      what: 'the same with the text log, which is the default',
      unit: '×',
      of: speed('mockflared, text log', 'fastify'),
    },
  ],
}

export const list: Row = {
  id: 'list',
  unit: UNIT,
  measure: measureRead(async server => {
    for (let nth = 0; nth < 20; nth += 1) await createTunnel(server, `blog-${nth}`)
    return { path: `${TUNNELS}?per_page=20` }
  }),
  figures: [
    {
      what: 'list of 20 tunnels, `--log off` / bare Fastify, static object',
      unit: '×',
      atLeast: 0.5,
      failsAt: 0.12,
      of: speed('mockflared', 'fastify'),
    },
    {
      what: 'the same with the text log, which is the default',
      unit: '×',
      of: speed('mockflared, text log', 'fastify'),
    },
    {
      what: 'cost of the text log, as a part of the list',
      unit: '%',
      atMost: 25,
      failsAt: 60,
      of: share('mockflared, text log', 'mockflared'),
    },
  ],
}

export const create: Row = {
  id: 'create',
  unit: UNIT,
  measure: async effort => {
    const [fastify, quiet, logging] = [await startFastify(), await startQuiet(), await startDefault()]
    return measureCalls(effort, {
      fastify: { server: fastify, call: CREATE },
      mockflared: { server: quiet, call: CREATE },
      'mockflared, text log': { server: logging, call: CREATE },
      put: { server: quiet, call: putConfiguration(await createTunnel(quiet, 'blog')) },
    })
  },
  figures: [
    {
      what: 'create, `--log off` / bare Fastify with one prepared INSERT',
      unit: '×',
      atLeast: 0.35,
      failsAt: 0.08,
      of: speed('mockflared', 'fastify'),
    },
    {
      what: 'the same with the text log, which is the default',
      unit: '×',
      of: speed('mockflared, text log', 'fastify'),
    },
    {
      what: 'cost of putting a configuration of 20 rules / cost of a create',
      unit: '×',
      atMost: 2,
      failsAt: 6,
      of: ratio('put', 'mockflared'),
    },
  ],
}
