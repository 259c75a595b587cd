/** What the flags of a server cost: the processor time of a GET on servers that differ in them. */
import { costOf, send } from './load.ts'
import { startQuiet, TUNNELS } from './process.ts'
import { type Effort, interleaved, type Series, seriesOf } from './row.ts'
import { createTunnel } from './samples.ts'

/** The flags of each server, by its name. */
type Contenders = Readonly<Record<string, readonly string[]>>

export async function compareFlags(contenders: Contenders, effort: Effort): Promise<Series> {
  const runs: Series[] = []
  for (let nth = 0; nth < effort.starts; nth += 1) runs.push(await measureOneStart(contenders, effort))
  return Object.fromEntries(Object.keys(contenders).map(name => [name, runs.flatMap(run => seriesOf(run, name))]))
}

/** Starts each server once. How V8 compiles it differs from start to start by as much as a flag costs. */
async function measureOneStart(contenders: Contenders, { rounds, warmUpRequests }: Effort): Promise<Series> {
  const started = await Promise.all(
    Object.entries(contenders).map(async ([name, flags]) => {
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
