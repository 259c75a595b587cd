/**
 * Loaded into a server by `--import`. For each message of the parent process it replies with how the
 * event loop was used since the last one.
 */
import { threadCpuUsage } from 'node:process'

const EVERY_MS = 1

export interface LoopUse {
  readonly wall_ms: number
  /** Processor time, which does not count what other processes of a busy machine took. */
  readonly cpu_ms: number
  /** The processor time of the longest piece of work. */
  readonly longest_ms: number
}

const now = (): { readonly wall: number; readonly cpu: number } => {
  const { user, system } = threadCpuUsage()
  return { wall: performance.now(), cpu: (user + system) / 1_000 }
}

let [start, last, longest] = [now(), now(), 0]

function tick(): void {
  const current = now()
  longest = Math.max(longest, current.cpu - last.cpu)
  last = current
}

setInterval(tick, EVERY_MS).unref()

process.on('message', () => {
  tick()
  const use: LoopUse = { wall_ms: last.wall - start.wall, cpu_ms: last.cpu - start.cpu, longest_ms: longest }
  process.send?.(use)
  start = last
  longest = 0
})
// The channel alone must not keep the server running.
process.channel?.unref()
