import type { FastifyInstance } from 'fastify'
import { HEALTH_PATHS } from '../config/paths.ts'

/**
 * For orchestrators. A server that responds is alive; it listens only once its world is open, so it
 * is also ready.
 */
export async function health(app: FastifyInstance): Promise<void> {
  for (const path of HEALTH_PATHS) app.get(path, () => ({ status: 'ok' }))
}
