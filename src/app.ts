import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify from 'fastify'
import { emulatedPlane } from './api/plane.ts'
import type { App } from './api/route.ts'
import { answerGarbage, answerUnroutable } from './api/transport.ts'
import { serializerCompiler, validatorCompiler } from './api/validation.ts'
import { documentation } from './documentation.ts'
import { health } from './health.ts'
import { AnswerLog, type Logger } from './log.ts'
import type { World } from './world.ts'

/** Our limit for a request body, in bytes. */
const BODY_LIMIT = 1024 * 1024

const BASE_PATH = '/client/v4'

export interface AppOptions {
  readonly world: World
  readonly checkResponses: boolean
  readonly logger: Logger
}

/** The server, not yet listening: health, documentation and the emulated plane side by side. */
export const createApp = ({ world, checkResponses, logger }: AppOptions): App => {
  const app = fastify({
    logger,
    logController: new AnswerLog(),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    rewriteUrl: withoutBasePath,
    frameworkErrors: answerUnroutable(world),
    clientErrorHandler: answerGarbage(world),
    http: { requireHostHeader: false },
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler(checkResponses))
  app.decorateRequest('world')
  app.addHook('onRequest', async request => {
    request.world = world
  })

  // Node would answer 417 by itself; what a client expects beyond 100-continue is ignored like any unknown header.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))

  app.register(health)
  app.register(documentation)
  app.register(emulatedPlane)
  return app
}

/**
 * The API answers with and without its base path: the test suites of the SDKs set a bare host as base URL (client). A request
 * line may also hold the whole URL, as RFC 9112 has it.
 */
const withoutBasePath = ({ url = '/' }: IncomingMessage): string => {
  const path = url.replace(/^https?:\/\/[^/]*/i, '')
  return path.startsWith(`${BASE_PATH}/accounts/`) ? path.slice(BASE_PATH.length) : path
}
