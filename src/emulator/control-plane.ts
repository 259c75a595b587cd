import type { FastifyInstance } from 'fastify'
import { CONTROL_PREFIX } from '../config/paths.ts'
import { addControlPlane, refuseAll } from '../control/plane.ts'
import type { ControlRoutesOptions } from '../control/routes.ts'
import { serveConsole } from '../http/console/routes.ts'
import { documentation } from '../http/pages/documentation.ts'
import { refusalOfConsole } from './console.ts'
import { addMetricsRoute, serveMetrics } from './metrics.ts'
import { consolePathOf, controlPageFacts, pageFacts } from './page-facts.ts'

/** Adds the control plane with its documentation and its console, under its prefix, and the metrics. */
export function serveControlPlane(app: FastifyInstance, options: ControlRoutesOptions): void {
  const plane = async (scope: FastifyInstance): Promise<void> => {
    addControlPlane(scope, options)
    addMetricsRoute(scope)
    documentation(scope, {
      title: 'Control plane',
      describe: async () => (await import('./control-description.ts')).describeControlPlane(),
      factsFor: options.hasOwnPort ? controlPageFacts : pageFacts,
      // Only callers that may use the control plane reach its description.
      urlsOf: ({ control = '' }) => ({ server: control, page: control }),
    })
  }
  app.register(plane, { prefix: CONTROL_PREFIX })
  // Beside it: the guard of the operations is not that of a page without data.
  const console = async (scope: FastifyInstance): Promise<void> => serveConsole(scope, { refusalFor: refusalOfConsole })
  app.register(console, { prefix: CONTROL_PREFIX })
  serveMetrics(app)
}

/** For a port that serves nothing but the control plane. */
export function serveControlPlaneAlone(app: FastifyInstance): void {
  refuseAll(app, ({ emulator }) => `only ${CONTROL_PREFIX} is on this port; the emulated API is at ${emulator.url()}`)
  app.get('/', { constraints: { accept: 'text/html', console: 'on' } }, ({ world }, reply) =>
    reply.redirect(consolePathOf(world)),
  )
  serveControlPlane(app, { hasOwnPort: true })
}

/** For the port of the emulated API, if the control plane has its own. */
export function pointToControlPlane(app: FastifyInstance): void {
  const elsewhere = async (scope: FastifyInstance): Promise<void> =>
    refuseAll(scope, () => 'the control plane is on the port of --control-port')
  app.register(elsewhere, { prefix: CONTROL_PREFIX })
}
