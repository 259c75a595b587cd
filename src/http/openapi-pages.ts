import type { FastifyInstance } from 'fastify'

/** How the page that shows a description looks: no banner of others, links to each operation, ready to try it. */
export const PAGE_OPTIONS = {
  theme: { title: 'mockflared', css: [{ filename: 'theme.css', content: '.swagger-ui .topbar { display: none }' }] },
  uiConfig: { deepLinking: true, tryItOutEnabled: true, persistAuthorization: true },
}

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
