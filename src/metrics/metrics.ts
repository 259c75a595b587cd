/**
 * The metrics of a server, for Prometheus. No label has the id of a world or an object, a path or
 * anything else that clients choose: each such value would be a time series for ever.
 */
import { Gauge, Registry } from 'prom-client'
import type { Options } from '../../schemas/options.ts'
import { VERSION } from '../config/version.ts'
import type { Figures, RequestObserver } from '../http/context.ts'
import type { Worlds } from '../worlds/registry.ts'
import { measureEventLoop } from './event-loop.ts'
import { observeRequests } from './requests.ts'
import { showWorlds } from './worlds.ts'

export interface Metrics {
  readonly observe: RequestObserver
  /** Plain objects, so another thread can add its own: see `expositionOf`. */
  readonly collect: () => Promise<Figures>
  readonly stop: () => void
}

export function createMetrics({ behaviour }: Pick<Options, 'behaviour'>, worlds: Worlds): Metrics {
  const registry = new Registry()
  new Gauge({
    name: 'mockflared_build_info',
    help: 'Always 1; its labels say what runs.',
    labelNames: ['version', 'node', 'behaviour'],
    aggregator: 'first',
    registers: [registry],
  }).set({ version: VERSION, node: process.versions.node, behaviour }, 1)
  showWorlds(registry, worlds)
  return {
    observe: observeRequests(registry),
    collect: () => registry.getMetricsAsJSON(),
    stop: measureEventLoop(registry),
  }
}
