/** One request over a socket, against a bare Fastify that answers the same without thinking. */
import { anew, type Call, costOf, send } from '../load.ts'
import { FASTIFY, type Server, startMockflared, startServer, TUNNELS } from '../process.ts'
import { type Effort, type Figure, interleaved, type Row, ratio, type Series } from '../row.ts'
import { answersFile, CREATE, createdOn, putConfiguration } from '../samples.ts'

const UNIT = 'µs of processor time a request'

/** V8 compiles while the first requests are answered, so these are not counted. */
const WARM_UP = 15_000

/** How many requests one answers while another answers one: what each costs, the other way round. */
const speed = (of: string, than: string) => ratio(than, of)

/** A bare Fastify and a mockflared beside each other, until `measure` is done with them. */
const sideBySide = async <T>(measure: (fastify: Server, mockflared: Server) => Promise<T>): Promise<T> => {
  const [fastify, mockflared] = [await startServer([FASTIFY, await answersFile()]), await startMockflared()]
  try {
    return await measure(fastify, mockflared)
  } finally {
    await Promise.all([fastify.stop(), mockflared.stop()])
  }
}

/** One call over and over, and the same in words that are new each time. */
const repeated =
  (call: (mockflared: Server) => Promise<Call>) =>
  ({ rounds }: Effort): Promise<Series> =>
    sideBySide(async (fastify, mockflared) => {
      const same = await call(mockflared)
      for (const server of [fastify, mockflared]) {
        await send(server, same, WARM_UP)
        await send(server, anew(same), WARM_UP)
      }
      return interleaved(rounds, {
        fastify: () => costOf(fastify, same),
        mockflared: () => costOf(mockflared, same),
        'fastify, anew': () => costOf(fastify, anew(same)),
        'mockflared, anew': () => costOf(mockflared, anew(same)),
      })
    })

const madeAnew: Figure = {
  what: 'the same in words that are new each time, so that no answer of before will do: its cost / bare Fastify',
  unit: '×',
  gross: 7,
  of: ratio('mockflared, anew', 'fastify, anew'),
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
  measure: ({ rounds }) =>
    sideBySide(async (fastify, mockflared) => {
      const put = putConfiguration(await createdOn(mockflared, 'blog'))
      await send(fastify, CREATE, WARM_UP)
      for (const call of [CREATE, put]) await send(mockflared, call, WARM_UP)
      return interleaved(rounds, {
        fastify: () => costOf(fastify, CREATE),
        create: () => costOf(mockflared, CREATE),
        put: () => costOf(mockflared, put),
      })
    }),
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
