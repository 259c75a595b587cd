/** Lists of an account with very many tunnels, against the same lists of one with a hundred: a page of 20 each. */
import { costOf, send } from '../load.ts'
import { TUNNELS } from '../process.ts'
import { type Figure, interleaved, type Row, ratio } from '../row.ts'
import { startForgetful, worldOf } from '../samples.ts'

const FEW = 100
const WARM_UP = 200

/** Each finds a whole page in both worlds, or exactly one tunnel; "needle" is a prefix that twenty have. */
const LISTS: Readonly<Record<string, string>> = {
  'page 1': '',
  'name filter': '&name=needle-0',
  prefix: '&name_prefix=needle',
  'status inactive': '&status=inactive',
  'status healthy': '&status=healthy',
  'status degraded': '&status=degraded',
  'status down': '&status=down',
}

function figureOf(name: string): Figure {
  return {
    what: `list, ${name}: its cost among 100,000 tunnels (10,000 in the short form) / among 100`,
    unit: '×',
    atMost: 1.3,
    gross: 5,
    of: ratio(`${name}, many`, `${name}, few`),
  }
}

export const scale: Row = {
  id: 'scale',
  unit: 'µs of processor time a request',
  measure: async ({ rounds, tunnels }) => {
    const [few, many] = [await startForgetful(worldOf(FEW)), await startForgetful(worldOf(tunnels))]
    const calls = Object.entries(LISTS).flatMap(([name, filter]) =>
      Object.entries({ few, many }).map(([size, server]) => ({
        name: `${name}, ${size}`,
        server,
        call: { path: `${TUNNELS}?per_page=20${filter}` },
      })),
    )
    for (const { server, call } of calls) await send(server, call, WARM_UP)
    const series = await interleaved(
      Math.ceil(rounds / 2), // There are many to take turns.
      Object.fromEntries(calls.map(({ name, server, call }) => [name, () => costOf(server, call)])),
    )
    await Promise.all([few.stop(), many.stop()])
    return series
  },
  figures: Object.keys(LISTS).map(figureOf),
}
