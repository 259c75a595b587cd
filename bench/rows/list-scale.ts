/** What a page of 20 costs in an account with many tunnels, compared with an account of a hundred. */
import { costOf, send } from '../load.ts'
import { startQuiet, TUNNELS } from '../process.ts'
import { type Figure, interleaved, type Row, ratio } from '../row.ts'
import { seedOf, writeTemporary } from '../samples.ts'

const BASE_SIZE = 100
const WARM_UP_REQUESTS = 1_000

/** Each finds the same number of tunnels at every size: a page of 20, or one by its name. */
const QUERIES: Readonly<Record<string, string>> = {
  'page 1': '',
  'exact name': '&name=needle-0',
  'name prefix': '&name_prefix=needle',
  'status inactive': '&status=inactive',
  'status healthy': '&status=healthy',
  'status degraded': '&status=degraded',
  'status down': '&status=down',
}

/** Cloudflare allows 1,000 tunnels an account, so an account of 100,000 has no bar. */
const BARS: Readonly<Record<number, Pick<Figure, 'atMost' | 'failsAt'>>> = {
  1000: { atMost: 1.3, failsAt: 4 },
  10000: { atMost: 3, failsAt: 12 },
  100000: {},
}

function nameOf(query: string, size: number): string {
  return `${query}, ${size}`
}

function figuresOf(query: string): Figure[] {
  return Object.entries(BARS).map(([size, bar]) => ({
    what: `list, ${query}: cost at ${Number(size).toLocaleString('en')} tunnels / at ${BASE_SIZE}`,
    unit: '×',
    ...bar,
    of: ratio(nameOf(query, Number(size)), nameOf(query, BASE_SIZE)),
  }))
}

export const listScale: Row = {
  id: 'list-scale',
  unit: 'µs of processor time a request',
  measure: async ({ rounds, accountSizes }) => {
    const accounts = await Promise.all(
      [BASE_SIZE, ...accountSizes].map(async size => ({
        size,
        server: await startQuiet('--seed', writeTemporary(`tunnels-${size}.json`, seedOf(size))),
      })),
    )
    const lists = Object.entries(QUERIES).flatMap(([query, parameters]) =>
      accounts.map(({ size, server }) => ({
        name: nameOf(query, size),
        server,
        call: { path: `${TUNNELS}?per_page=20${parameters}` },
      })),
    )
    for (const { server, call } of lists) await send(server, call, WARM_UP_REQUESTS)
    const series = await interleaved(
      Math.ceil(rounds / 2), // Each round takes half a minute.
      Object.fromEntries(lists.map(({ name, server, call }) => [name, () => costOf(server, call)])),
    )
    await Promise.all(accounts.map(({ server }) => server.stop()))
    return series
  },
  figures: Object.keys(QUERIES).flatMap(figuresOf),
}
