/** What the request log, fault injection and response checks cost: a GET with all of them, and without. */
import { costOf, send } from '../load.ts'
import { startQuiet, TUNNELS } from '../process.ts'
import { type Effort, interleaved, type Row, type Series, seriesOf, share } from '../row.ts'
import { createTunnel } from '../samples.ts'

const OFF = {
  requestLog: ['--journal-size', '0'],
  faults: ['--inject-faults', 'false'],
  checks: ['--check-responses', 'false'],
}

const CONTENDERS: Readonly<Record<string, readonly string[]>> = {
  everything: [],
  'no request log': OFF.requestLog,
  'no faults': OFF.faults,
  'no checks': OFF.checks,
  nothing: Object.values(OFF).flat(),
}

/** Starts each server once. How V8 compiles it differs from start to start by as much as a switch is worth. */
async function measureOneStart({ rounds, warmUpRequests }: Effort): Promise<Series> {
  const started = await Promise.all(
    Object.entries(CONTENDERS).map(async ([name, flags]) => {
      const server = await startQuiet(...flags)
      return { name, server, call: { path: `${TUNNELS}/${await createTunnel(server, 'blog')}` } }
    }),
  )
  for (const { server, call } of started) await send(server, call, warmUpRequests / 4)
  const series = await interleaved(
    rounds,
    Object.fromEntries(started.map(({ name, server, call }) => [name, () => costOf(server, call)])),
  )
  await Promise.all(started.map(({ server }) => server.stop()))
  return series
}

export const switches: Row = {
  id: 'switches',
  unit: 'µs of processor time a request',
  measure: async effort => {
    const runs: Series[] = []
    for (let nth = 0; nth < effort.starts; nth += 1) runs.push(await measureOneStart(effort))
    return Object.fromEntries(Object.keys(CONTENDERS).map(name => [name, runs.flatMap(run => seriesOf(run, name))]))
  },
  figures: [
    {
      what: 'cost of the request log, faults and response checks together, as a part of GET one',
      unit: '%',
      atMost: 30,
      failsAt: 65,
      of: share('everything', 'nothing'),
    },
    {
      what: 'the request log alone (`--journal-size 0` turns it off)',
      unit: '%',
      of: share('everything', 'no request log'),
    },
    { what: 'faults alone (`--inject-faults false`)', unit: '%', of: share('everything', 'no faults') },
    { what: 'response checks alone (`--check-responses false`)', unit: '%', of: share('everything', 'no checks') },
  ],
}
