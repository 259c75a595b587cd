import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { Options } from '../../schemas/options.ts'
import { METRICS_PATH } from '../config/paths.ts'
import { guardControlPlane } from '../control/plane.ts'
import type { Metrics } from '../metrics/metrics.ts'
import type { Worlds } from '../worlds/registry.ts'

/** Returns what creates the metrics of an emulator; undefined if they are off, and nothing is loaded. */
export async function loadMetrics({ metrics, control, behaviour }: Options) {
  if (!metrics) return undefined
  if (control === 'off') throw new Error('--metrics are served by the control plane: leave out --control off')

  const { createMetrics } = await import('../metrics/metrics.ts')
  return (worlds: Worlds): Metrics => createMetrics({ behaviour }, worlds)
}

/** Metrics count most while requests wait. They are those of the whole server, whatever the world. */
const CONFIG = { any_world: true, is_urgent: true } as const

/** Where Prometheus looks by default, for those who may use the control plane. */
export function serveMetrics(app: FastifyInstance): void {
  app.register(async scope => {
    guardControlPlane(scope)
    scope.get(METRICS_PATH, { constraints: { metrics: 'on' }, config: CONFIG }, sendMetrics)
  })
}

export function addMetricsRoute(plane: FastifyInstance): void {
  plane.get(METRICS_PATH, { config: CONFIG }, sendMetrics)
}

async function sendMetrics({ emulator: { figures } }: FastifyRequest, reply: FastifyReply): Promise<string> {
  if (!figures) throw new ControlError('refused', 'metrics are off: start the server with --metrics')

  const { CONTENT_TYPE, expositionOf } = await import('../metrics/exposition.ts')
  reply.type(CONTENT_TYPE)
  return expositionOf([await figures()])
}
