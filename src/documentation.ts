import type { App } from './api/route.ts'
import { VERSION } from './version.ts'

/**
 * Serves the description of the API. What makes it is heavy and seldom asked for, so it is loaded and made with the first
 * request.
 */
export const documentation = async (app: App): Promise<void> => {
  let made: Promise<App> | undefined
  const describing = (): Promise<App> => {
    made ??= import('./api/openapi.ts').then(({ describingApp }) => describingApp(VERSION))
    return made
  }

  for (const path of ['/openapi.json', '/docs', '/docs/*']) {
    app.get(path, async ({ url }, reply) => {
      const server = await describing()
      const { statusCode, headers, rawPayload } = await server.inject({ url })
      return reply.code(statusCode).headers(headers).send(rawPayload)
    })
  }
  app.addHook('onClose', async () => (await made)?.close())
}
