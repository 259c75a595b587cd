/** The library in a test suite: emulators, resets and forks, one after the other in one process. */
import { randomBytes, randomUUID } from 'node:crypto'
import { fileAt, LIBRARY, printedBy } from '../process.ts'
import { plain, type Row, ratio, type Series } from '../row.ts'
import { fastifyFile, seedOf, writeTemporary } from '../samples.ts'

/** Each takes milliseconds, so many rounds are affordable. A suite has as many tests. */
const ROUNDS = 40

/** Without the first rounds, in which V8 compiles. */
function warm(of: (series: Series) => readonly number[]) {
  return (series: Series) => of(series).slice(ROUNDS / 4)
}

function first(of: (series: Series) => readonly number[]) {
  return (series: Series) => of(series).slice(0, 1)
}

/** A seed that leaves nothing open, as an exported state does. */
function fullSeedOf(tunnels: number) {
  return {
    tunnels: seedOf(tunnels).tunnels.map(({ account_tag, name, created_at }) => ({
      account_tag,
      id: randomUUID(),
      name,
      tunnel_secret: randomBytes(32).toString('base64'),
      created_at,
    })),
  }
}

export const library: Row = {
  id: 'library',
  unit: 'ms',
  measure: async () => {
    const seed = writeTemporary('seed.json', fullSeedOf(1_000))
    return printedBy([fileAt('peers/library.js'), LIBRARY, String(ROUNDS), await fastifyFile(), seed])
  },
  figures: [
    {
      what: '`createEmulator({ listen: false })` and its first response',
      unit: 'ms',
      atMost: 6,
      of: warm(plain('no socket')),
    },
    { what: 'the same / bare Fastify', unit: '×', failsAt: 6, of: warm(ratio('no socket', 'fastify, no socket')) },
    { what: '`createEmulator()` with a socket and its first response', unit: 'ms', of: warm(plain('socket')) },
    { what: 'the same / bare Fastify', unit: '×', failsAt: 6, of: warm(ratio('socket', 'fastify')) },
    { what: 'the same, the first of a process', unit: 'ms', of: first(plain('socket')) },
    {
      what: 'reset to a full seed of 1,000 tunnels (ids, secrets, dates)',
      unit: 'ms',
      atMost: 5,
      of: warm(plain('reset, full seed')),
    },
    {
      what: 'the same / 1,000 prepared INSERTs',
      unit: '×',
      failsAt: 40,
      of: warm(ratio('reset, full seed', 'rows inserted')),
    },
    {
      what: 'reset to a seed of 1,000 tunnels with names and ages only',
      unit: 'ms',
      of: warm(plain('reset, partial seed')),
    },
    { what: 'reset of 1,000 tunnels to empty', unit: 'ms', atMost: 5, of: warm(plain('reset, empty')) },
    { what: 'fork of a world of 1,000 tunnels', unit: 'ms', atMost: 5, of: warm(plain('fork')) },
    { what: 'the same / a copy of the database', unit: '×', failsAt: 60, of: warm(ratio('fork', 'database copied')) },
  ],
}
