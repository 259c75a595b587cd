import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { handleRouterError } from '../gateway/protocol-errors.ts'
import type { App } from '../gateway/route.ts'
import { ownCompilers } from './compilers.ts'
import { contextOf } from './context.ts'
import { type Logger, ResponseLog } from './logger.ts'
import { addContextHooks } from './pipeline.ts'

/** Our limit for a request body, in bytes. */
const BODY_LIMIT = 1024 * 1024

/** Creates a server without routes, on which every request knows its emulator and its world. */
export function createFastify(logger: Logger, checkResponses = true): App {
  const app = fastify({
    logger,
    logController: new ResponseLog({ disableRequestLogging: logger === false }),
    bodyLimit: BODY_LIMIT,
    rewriteUrl: raw => contextOf(raw).address.url,
    frameworkErrors: handleRouterError(request => {
      const { emulator, address } = contextOf(request.raw)
      request.world = emulator.worlds.main()
      request.target = { path: address.path }
    }),
    ...ownCompilers(checkResponses),
  }).withTypeProvider<TypeBoxTypeProvider>()

  addContextHooks(app)
  return app
}
