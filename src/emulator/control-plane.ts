import type { FastifyInstance } from 'fastify'
import { CONTROL_PREFIX } from '../config/paths.ts'
import { addControlPlane } from '../control/plane.ts'
import type { ControlRoutesOptions } from '../control/routes.ts'
import { documentation } from '../http/openapi-pages.ts'

/** Adds the control plane with its documentation, under its prefix. */
export function serveControlPlane(app: FastifyInstance, options: ControlRoutesOptions): void {
  const plane = async (scope: FastifyInstance): Promise<void> => {
    addControlPlane(scope, options)
    documentation(scope, async () => (await import('./control-description.ts')).describeControlPlane())
  }
  app.register(plane, { prefix: CONTROL_PREFIX })
}
