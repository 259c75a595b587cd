import type { FastifyInstance } from 'fastify'
import { createBase } from '../base.ts'
import type { Logger } from '../log.ts'
import { addControlPlane } from './plane.ts'

/** The server of the control plane alone. */
export const createControlApp = (logger: Logger): FastifyInstance => {
  const app = createBase(logger)
  addControlPlane(app, 'apart')
  return app
}
