/** What is always looked at beside the answer itself, and what it is worth to switch it off. An answer of before is not checked again. */
import { costOf, send } from '../load.ts'
import { TUNNELS } from '../process.ts'
import { type Figure, interleaved, type Row, type Series, seriesOf } from '../row.ts'
import { createdOn, startForgetful } from '../samples.ts'

const OFF = {
  journal: ['--journal-size', '0'],
  faults: ['--inject-faults', 'false'],
  checks: ['--check-responses', 'false'],
}

const CONTENDERS: Readonly<Record<string, readonly string[]>> = {
  everything: [],
  'no journal': OFF.journal,
  'no faults': OFF.faults,
  'no checks': OFF.checks,
  nothing: Object.values(OFF).flat(),
}

const WARM_UP = 15_000

/** How V8 came to compile a server, and where, makes as much of a difference as what is looked for, and a busy moment more. So each is started so many times. */
const STARTS = 3

/** The throughput that is lost to what `without` leaves out, in percent. */
function share(without: string) {
  return (series: Series): readonly number[] =>
    seriesOf(series, 'everything').map(
      (cost, round) => (1 - (seriesOf(series, without)[round] ?? Number.NaN) / cost) * 100,
    )
}

function figure(what: string, without: string): Figure {
  return { what, unit: '%', of: share(without) }
}

async function measured(rounds: number): Promise<Series> {
  const started = await Promise.all(
    Object.entries(CONTENDERS).map(async ([name, flags]) => {
      const server = await startForgetful(undefined, ...flags)
      return { name, server, call: { path: `${TUNNELS}/${await createdOn(server, 'blog')}` } }
    }),
  )
  for (const { server, call } of started) await send(server, call, WARM_UP)
  const series = await interleaved(
    rounds,
    Object.fromEntries(started.map(({ name, server, call }) => [name, () => costOf(server, call)])),
  )
  await Promise.all(started.map(({ server }) => server.stop()))
  return series
}

export const guards: Row = {
  id: 'guards',
  unit: 'µs of processor time a request',
  measure: async ({ rounds }) => {
    const runs: Series[] = []
    for (let nth = 0; nth < STARTS; nth += 1) runs.push(await measured(rounds))
    return Object.fromEntries(Object.keys(CONTENDERS).map(name => [name, runs.flatMap(run => seriesOf(run, name))]))
  },
  figures: [
    {
      ...figure('journal, faults and response checks together: of the throughput of GET one', 'nothing'),
      atMost: 15,
      gross: 60,
    },
    figure('the journal alone (`--journal-size 0` turns it off)', 'no journal'),
    figure('faults alone (`--inject-faults false`)', 'no faults'),
    figure('response checks alone (`--check-responses false`)', 'no checks'),
  ],
}
