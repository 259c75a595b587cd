/** One request over a socket, against a bare Fastify that answers the same without thinking. */
import { type Call, costOf, send } from '../load.ts'
import { FASTIFY, type Server, startMockflared, startServer, TUNNELS } from '../process.ts'
import { type Effort, type Figure, interleaved, type Row, ratio, type Series } from '../row.ts'
import { answersFile, CREATE, createdOn, putConfiguration, startForgetful } from '../samples.ts'

const UNIT = 'µs of processor time a request'

/** V8 compiles while the first requests are answered, so these are not counted. */
const WARM_UP = 60_000

/** How many requests one answers while another answers one: what each costs, the other way round. */
function speed(of: string, than: string) {
  return ratio(than, of)
}

async function startFastify(): Promise<Server> {
  return startServer([FASTIFY, await answersFile()])
}

/** Servers beside each other, until `measure` is done with them. */
async function beside<T>(servers: readonly Server[], measure: () => Promise<T>): Promise<T> {
  try {
    return await measure()
  } finally {
    await Promise.all(servers.map(server => server.stop()))
  }
}

/** One call over and over, of a mockflared that gives the answer of last time again and of one that makes each anew. */
function repeated(prepare: (mockflared: Server) => Promise<Call>) {
  return async ({ rounds }: Effort): Promise<Series> => {
    const [fastify, mockflared, forgetful] = [await startFastify(), await startMockflared(), await startForgetful()]
    return beside([fastify, mockflared, forgetful], async () => {
      const [call, anew] = [await prepare(mockflared), await prepare(forgetful)]
      for (const server of [fastify, mockflared]) await send(server, call, WARM_UP)
      await send(forgetful, anew, WARM_UP)
      return interleaved(rounds, {
        fastify: () => costOf(fastify, call),
        mockflared: () => costOf(mockflared, call),
        'made anew': () => costOf(forgetful, anew),
      })
    })
  }
}

const madeAnew: Figure = {
  what: 'the same, made anew each time instead of given again: its cost / bare Fastify',
  unit: '×',
  gross: 7,
  of: ratio('made anew', 'fastify'),
}

export const get: Row = {
  id: 'get',
  unit: UNIT,
  measure: repeated(async server => ({ path: `${TUNNELS}/${await createdOn(server, 'blog')}` })),
  figures: [
    {
      what: 'GET one tunnel / bare Fastify, static',
      unit: '×',
      atLeast: 0.9,
      gross: 0.2,
      of: speed('mockflared', 'fastify'),
    },
    madeAnew,
  ],
}

export const list: Row = {
  id: 'list',
  unit: UNIT,
  measure: repeated(async server => {
    for (let nth = 0; nth < 20; nth += 1) await createdOn(server, `blog-${nth}`)
    return { path: `${TUNNELS}?per_page=20` }
  }),
  figures: [
    {
      what: 'list, page of 20 / bare Fastify, static',
      unit: '×',
      atLeast: 0.8,
      gross: 0.15,
      of: speed('mockflared', 'fastify'),
    },
    madeAnew,
  ],
}

export const writes: Row = {
  id: 'create',
  unit: UNIT,
  measure: async ({ rounds }) => {
    const [fastify, mockflared] = [await startFastify(), await startMockflared()]
    return beside([fastify, mockflared], async () => {
      const put = putConfiguration(await createdOn(mockflared, 'blog'))
      await send(fastify, CREATE, WARM_UP)
      for (const call of [CREATE, put]) await send(mockflared, call, WARM_UP)
      return interleaved(rounds, {
        fastify: () => costOf(fastify, CREATE),
        create: () => costOf(mockflared, CREATE),
        put: () => costOf(mockflared, put),
      })
    })
  },
  figures: [
    {
      what: 'create / bare Fastify with one prepared INSERT',
      unit: '×',
      atLeast: 0.6,
      gross: 0.15,
      of: speed('create', 'fastify'),
    },
    {
      what: 'put configuration, 20 rules: its cost / create',
      unit: '×',
      atMost: 2,
      gross: 5,
      of: ratio('put', 'create'),
    },
  ],
}
