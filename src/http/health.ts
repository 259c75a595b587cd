import type { FastifyInstance } from 'fastify'

/** For orchestrators: the server answers, so it is alive; it listens only once its world is open, so it is ready. */
export async function health(app: FastifyInstance): Promise<void> {
  for (const path of ['/healthz', '/readyz']) {
    app.get(path, () => ({ status: 'ok' }))
  }
}
