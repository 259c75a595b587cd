import { AggregatorRegistry, collectDefaultMetrics, Registry } from 'prom-client'
import type { Figures } from '../http/context.ts'

export const CONTENT_TYPE = Registry.PROMETHEUS_CONTENT_TYPE

/**
 * The text that Prometheus reads: the figures of one emulator, or of several threads together, and
 * those of the process.
 */
export async function expositionOf(figures: readonly Figures[]): Promise<string> {
  const emulators = AggregatorRegistry.aggregate([...figures])
  processFigures ??= createProcessFigures()
  return `${await emulators.metrics()}\n${await processFigures.metrics()}`
}

/** Of the process, so all emulators in it have the same ones. */
let processFigures: Registry | undefined

/** `promtool check metrics` rejects these names: what they count also falls. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total']

function createProcessFigures(): Registry {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  for (const name of MISNAMED) registry.removeSingleMetric(name)
  return registry
}
