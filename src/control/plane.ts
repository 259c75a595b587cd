import type { IncomingMessage } from 'node:http'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { ControlError } from '../../schemas/control/control-error.ts'
import { redactedError } from '../gateway/redaction.ts'
import { requireTrust } from './access.ts'
import { bodyLimitOf, readJson } from './body.ts'
import { addControlRoutes, type ControlRoutesOptions } from './routes.ts'

/**
 * The control plane over HTTP: who may use it, JSON in and out, its own errors, a route for each
 * operation.
 */
export function addControlPlane(app: FastifyInstance, options: ControlRoutesOptions): void {
  guardControlPlane(app)
  acceptJson(app)
  addControlRoutes(app, options)
}

/** Lets in who may use the control plane; all others get its error. */
export function guardControlPlane(app: FastifyInstance): void {
  app.addHook('onRequest', async request => requireTrust(request, request.emulator.control))
  answerErrors(app)
}

/** Refuses every request in a scope without routes, in the shape of the control plane. */
export function refuseAll(app: FastifyInstance, messageFor: (request: FastifyRequest) => string): void {
  answerErrors(app)
  app.setNotFoundHandler(request => {
    throw new ControlError('not_found', messageFor(request))
  })
}

/** A body is JSON whatever its content type says: so plain curl works. */
function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', async (request: FastifyRequest, payload: IncomingMessage) =>
    readJson(payload, {
      world_id: request.world.id,
      content_length: request.headers['content-length'],
      limit: bodyLimitOf(request.routeOptions.config.control_operation),
    }),
  )
}

function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((error, request, reply) => {
    const { code, message, status, cause } = asControlError(error)
    if (status >= 500) request.log.error({ err: redactedError(cause) }, 'control plane')
    reply.code(status).send({ error: { code, message } })
  })
}

/**
 * Fastify refuses a request with a status below 500; any other error is a defect, whose message
 * stays in the log.
 */
function asControlError(error: unknown): ControlError {
  if (error instanceof ControlError) return error
  if (error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500) {
    return new ControlError('invalid', error.message)
  }
  return new ControlError('internal', 'internal error', { cause: error })
}
