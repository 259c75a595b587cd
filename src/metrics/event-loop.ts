import { Histogram, type Registry } from 'prom-client'
import { steadyMillis } from '../world/steady-time.ts'

const INTERVAL_MS = 20

/**
 * Measures how long the event loop lets a timer wait. Each timer that a stall swallows counts, as
 * requests come during all of it. Returns a function that stops this.
 */
export function measureEventLoop(registry: Registry): () => void {
  const lags = new Histogram({
    name: 'mockflared_event_loop_lag_seconds',
    help: 'How long the event loop was busy when a timer was due, each 20 ms.',
    buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  let last = steadyMillis()
  const timer = setInterval(() => {
    const now = steadyMillis()
    for (let lag = now - last - INTERVAL_MS; lag > -1; lag -= INTERVAL_MS) lags.observe(Math.max(lag, 0) / 1_000)
    last = now
  }, INTERVAL_MS).unref()
  return () => clearInterval(timer)
}
