import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyReply } from 'fastify'
import { handleRouterError } from '../gateway/protocol-errors.ts'
import type { App } from '../gateway/route.ts'
import { BY_EDGE } from './by-edge.ts'
import { BY_METRICS } from './by-metrics.ts'
import { ownCompilers } from './compilers.ts'
import { BY_CONSOLE } from './console/by-mode.ts'
import { contextOf } from './context.ts'
import { type Logger, ResponseLog } from './logger.ts'
import { BY_ACCEPT } from './pages/by-accept.ts'
import { addContextHooks } from './pipeline.ts'

/** Our limit for a request body, in bytes. */
const BODY_LIMIT = 1024 * 1024

interface ServerOptions {
  readonly checkResponses?: boolean
  /** Whether errors about a path have the shape of the control plane. */
  readonly isControlPath?: (path: string) => boolean
}

/** Creates a server without routes, on which every request knows its emulator and its world. */
export function createFastify(
  logger: Logger,
  { checkResponses = true, isControlPath = () => false }: ServerOptions = {},
): App {
  const handleApiError = handleRouterError(request => {
    const { emulator, address } = contextOf(request.raw)
    request.world = emulator.worlds.main()
    request.target = { path: address.path }
  })
  const app = fastify({
    logger,
    logController: new ResponseLog({ disableRequestLogging: logger === false }),
    bodyLimit: BODY_LIMIT,
    routerOptions: { constraints: { accept: BY_ACCEPT, console: BY_CONSOLE, edge: BY_EDGE, metrics: BY_METRICS } },
    rewriteUrl: raw => contextOf(raw).address.url,
    frameworkErrors: (error, request, reply) => {
      const { path } = contextOf(request.raw).address
      if (isControlPath(path)) refuseUrl(path, reply)
      else handleApiError(error, request, reply)
    },
    ...ownCompilers(checkResponses),
  }).withTypeProvider<TypeBoxTypeProvider>()

  addContextHooks(app)
  return app
}

function refuseUrl(path: string, reply: FastifyReply): void {
  const error = { code: 'not_found', message: `the control plane cannot read the path ${path}` }
  reply.code(404).serializer(JSON.stringify).type('application/json').send({ error })
}
