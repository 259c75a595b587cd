import type { FastifyInstance } from 'fastify'
import { DESCRIPTION_PATHS } from '../config/paths.ts'

/**
 * Serves the description of an API. It is expensive to create and few users need it, so the first
 * request creates a second server that only describes the API.
 */
export function documentation(app: FastifyInstance, createDescribingApp: () => Promise<FastifyInstance>): void {
  let describingApp: Promise<FastifyInstance> | undefined

  for (const path of DESCRIPTION_PATHS) {
    app.get(path, async ({ url }, reply) => {
      describingApp ??= createDescribingApp()
      const { statusCode, headers, rawPayload } = await (await describingApp).inject({ url })
      return reply.code(statusCode).headers(headers).send(rawPayload)
    })
  }
}
