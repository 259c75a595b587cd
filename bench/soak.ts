/**
 * Sends mixed calls to a server in a process of its own and checks that memory and latency do not grow.
 * `npm run soak`, or `node bench/soak.ts --calls 60000 --out DIR`. Exits with 1 for a leak or a 5xx.
 * `--leak BYTES` makes the server leak with each request, to prove that the soak finds it.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { argv, exit, stdout } from 'node:process'
import { parseArgs } from 'node:util'
import { createClient, type Lap, runLap } from './soak-load.ts'
import { draw } from './soak-picture.ts'
import { startServer } from './soak-server.ts'
import { judge, type Sample } from './soak-verdict.ts'

const LAPS = 40

const { values } = parseArgs({
  args: argv.slice(2),
  options: {
    calls: { type: 'string', default: '1000000' },
    out: { type: 'string', default: import.meta.dirname },
    leak: { type: 'string', default: '0' },
  },
})
// First, so that a folder that cannot be created fails before the work and not after it.
mkdirSync(values.out, { recursive: true })
const calls = Number(values.calls)

function quantile({ latencies_ms }: Lap, part: number): number {
  return latencies_ms[Math.floor(latencies_ms.length * part)] ?? 0
}

async function soak(): Promise<{ samples: readonly Sample[]; statuses: Record<number, number> }> {
  const server = await startServer(Number(values.leak))
  const client = createClient(server.url)
  const samples: Sample[] = []
  const statuses: Record<number, number> = {}
  try {
    for (let lap = 1; lap <= LAPS; lap++) {
      const result = await runLap(client.call, Math.ceil(calls / LAPS))
      for (const [status, count] of Object.entries(result.statuses)) {
        statuses[Number(status)] = (statuses[Number(status)] ?? 0) + count
      }
      const [p50_ms, p99_ms] = [quantile(result, 0.5), quantile(result, 0.99)]
      samples.push({ calls: (lap * calls) / LAPS, memory: await server.memory(), p50_ms, p99_ms })
    }
  } finally {
    client.close()
    await server.stop()
  }
  return { samples, statuses }
}

const started = performance.now()
const { samples, statuses } = await soak()
const verdict = judge(samples)
const seconds = Math.round((performance.now() - started) / 1_000)
const serverErrors = Object.entries(statuses).filter(([status]) => Number(status) >= 500)

const result = { calls, seconds, node: process.version, statuses, verdict, samples }
writeFileSync(join(values.out, 'soak.json'), `${JSON.stringify(result, null, 1)}\n`)
writeFileSync(join(values.out, 'soak.svg'), draw(samples, `Memory and latency over ${calls} calls`))

function times(ratio: number): string {
  return `${ratio.toFixed(2)} times`
}
stdout.write(
  `${calls} calls in ${seconds} s: heap ${times(verdict.heap)}, resident memory ${times(verdict.rss)}, ` +
    `99th percentile ${times(verdict.p99)} the earlier value; a leak of ${verdict.visible_leak} bytes a call would show\n`,
)
if (verdict.leaks) stdout.write('LEAK: memory grows although the state is the same\n')
if (serverErrors.length > 0) stdout.write(`SERVER ERRORS: ${JSON.stringify(serverErrors)}\n`)
exit(verdict.leaks || serverErrors.length > 0 ? 1 : 0)
