import type { FastifyInstance } from 'fastify'

/**
 * Serves /openapi.json and /docs of a plane. What makes them is heavy and seldom asked for, so it is another server, made
 * with the first request for them, that knows the plane only to describe it.
 */
export function documentation(app: FastifyInstance, describingApp: () => Promise<FastifyInstance>): void {
  let made: Promise<FastifyInstance> | undefined
  const describing = (): Promise<FastifyInstance> => {
    made ??= describingApp()
    return made
  }

  for (const path of ['/openapi.json', '/docs', '/docs/*']) {
    app.get(path, async ({ url }, reply) => {
      const server = await describing()
      const { statusCode, headers, rawPayload } = await server.inject({ url })
      return reply.code(statusCode).headers(headers).send(rawPayload)
    })
  }
}
