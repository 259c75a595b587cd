import type { FastifyReply, FastifyRequest } from 'fastify'
import { KnownPaths } from '../config/known-paths.ts'
import { ApiError, throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { noteNotEmulated } from './not-emulated.ts'
import type { App } from './route.ts'

declare module 'fastify' {
  interface FastifyInstance {
    /** The paths of the emulated API. */
    knownPaths: KnownPaths
  }
}

/**
 * Responds to requests that match no route of `register`. On a known path, OPTIONS returns the
 * methods and any other method gets 405 (recorded: method_not_allowed). An unknown path gets 404
 * (recorded: unroutable).
 */
export function handleUnrouted(app: App, register: () => void): void {
  const paths = new KnownPaths()
  app.decorate('knownPaths', paths)
  app.addHook('onRoute', route => paths.add(route))
  register()

  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const { target, method } = request
    noteNotEmulated(request, reply)
    const methods = paths.methodsAt(target.path)
    if (methods.length === 0) throw unroutedError(request)

    reply.header('allow', [...methods, 'OPTIONS'].join(', '))
    return method === 'OPTIONS' ? reply.code(204).send() : throwApiError(GATEWAY_ERRORS.method_not_allowed)
  })
}

/** Responds to an operation that a dated change removed as to an unknown path. */
export function refuseRemoved(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { removed_by } = request.routeOptions.config
  if (removed_by && request.world.changes[removed_by]) throw unroutableError(request.target.path)
  done()
}

/**
 * The error for a path that names nothing, such as one with a malformed id. A path that lacks an id
 * may be known without the gap: then the error can be about the method
 * (inferred: token_method_not_allowed). It is about tokens, so no other credential gets it.
 */
function unroutedError({ target: { path }, method, headers, server }: FastifyRequest): ApiError {
  const methods = lacksSegment(path) ? server.knownPaths.methodsAt(withoutGaps(path)) : []
  const isForeignMethod = methods.length > 0 && ![...methods, 'OPTIONS'].includes(method)
  return headers.authorization !== undefined && isForeignMethod
    ? new ApiError(GATEWAY_ERRORS.token_method_not_allowed, method)
    : unroutableError(path)
}

function lacksSegment(path: string): boolean {
  return /\/(?:\/|$)/.test(path)
}

function withoutGaps(path: string): string {
  return `/${path.split('/').filter(Boolean).join('/')}`
}

/** An id in the path of a zone that is malformed (recorded: zone_unroutable). */
const ZONES = /^\/zones\//

/**
 * The error for a malformed id in the path of a known operation. For an account id
 * (recorded: tunnel_unroutable), for other ids (assumed: id_form).
 */
export function malformedIdError(request: FastifyRequest): ApiError {
  const { path } = request.target
  return ZONES.test(path) ? new ApiError(GATEWAY_ERRORS.zone_unroutable, path) : unroutedError(request)
}

/** The paths below an account that the tunnel service serves. */
const TUNNEL_FAMILY = /^\/accounts\/[^/]*\/(?:cfd_tunnel|tunnels|warp_connector)(?:\/|$)/

/**
 * The gateway still has the older form, with two errors, for paths of the tunnel service
 * (recorded: tunnel_unroutable), and the newer one for all other paths (recorded: unroutable).
 */
export function unroutableError(path: string): ApiError {
  return new ApiError(TUNNEL_FAMILY.test(path) ? GATEWAY_ERRORS.tunnel_unroutable : GATEWAY_ERRORS.unroutable, path)
}
