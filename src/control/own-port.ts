import type { FastifyInstance } from 'fastify'
import { createBase } from '../http/fastify.ts'
import type { Logger } from '../http/logger.ts'
import { addControlPlane } from './register.ts'

/** The server of the control plane alone. */
export function createControlApp(logger: Logger): FastifyInstance {
  const app = createBase(logger)
  addControlPlane(app, 'apart')
  return app
}
