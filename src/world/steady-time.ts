import { performance } from 'node:perf_hooks'

/**
 * Milliseconds of real time from a fixed moment, for durations. Unlike `Date.now` it never jumps,
 * and unlike the global `performance` no test can fake it.
 */
export function steadyMillis(): number {
  return performance.now()
}
