/** The library inside a test suite: an emulator for a test, and a world made anew. All in one process, one after the other. */
import { randomBytes, randomUUID } from 'node:crypto'
import { fileAt, told } from '../process.ts'
import { plain, type Row, ratio, type Series } from '../row.ts'
import { answersFile, worldOf, writeTemporary } from '../samples.ts'

/** They take milliseconds, so there can be many; a suite has as many tests. */
const ROUNDS = 40

/** The first ones make V8 compile; what the very first costs is told apart. */
function warm(of: (series: Series) => readonly number[]) {
  return (series: Series) => of(series).slice(ROUNDS / 4)
}

function first(of: (series: Series) => readonly number[]) {
  return (series: Series) => of(series).slice(0, 1)
}

/** Says all of itself, as a dump of a world does. */
function seedOf(tunnels: number) {
  return {
    tunnels: worldOf(tunnels).tunnels.map(({ account_tag, name, created_at }) => ({
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
    const seed = writeTemporary('seed.json', seedOf(1_000))
    return told([fileAt('peers/library.js'), String(ROUNDS), await answersFile(), seed])
  },
  figures: [
    { what: 'createEmulator and its first answer', unit: 'ms', atMost: 5, of: warm(plain('listen')) },
    { what: 'the same / bare Fastify', unit: '×', gross: 6, of: warm(ratio('listen', 'fastify')) },
    { what: 'the first of a process', unit: 'ms', of: first(plain('listen')) },
    {
      what: 'createEmulator with `listen: false`, and its first answer',
      unit: 'ms',
      atMost: 2,
      of: warm(plain('no socket')),
    },
    { what: 'the same / bare Fastify', unit: '×', gross: 6, of: warm(ratio('no socket', 'fastify, no socket')) },
    {
      what: 'reset to a seed of 1,000 tunnels with ids, secrets and dates',
      unit: 'ms',
      atMost: 3,
      of: warm(plain('reset')),
    },
    { what: 'the same / 1,000 prepared INSERTs', unit: '×', gross: 40, of: warm(ratio('reset', 'rows written')) },
    { what: 'reset to a seed of 1,000 tunnels with names and ages alone', unit: 'ms', of: warm(plain('reset, ages')) },
    { what: 'reset of 1,000 tunnels to nothing', unit: 'ms', atMost: 3, of: warm(plain('reset to nothing')) },
    { what: 'fork of a world of 1,000 tunnels', unit: 'ms', atMost: 5, of: warm(plain('fork')) },
    { what: 'the same / a copy of the image', unit: '×', gross: 60, of: warm(ratio('fork', 'image copied')) },
  ],
}
