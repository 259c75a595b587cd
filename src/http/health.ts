import type { FastifyInstance } from 'fastify'
import { HEALTH_PATHS } from '../config/paths.ts'

/**
 * Health checks for orchestrators. A server listens only after it has loaded its state, so a server
 * that responds is also ready. They wait for no other request, or a busy server would be ended.
 */
export async function health(app: FastifyInstance): Promise<void> {
  for (const path of HEALTH_PATHS) app.get(path, { config: { is_urgent: true } }, () => ({ status: 'ok' }))
}
