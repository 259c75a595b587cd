/** Errors below the API: URLs that the router cannot read, and bytes that are not HTTP. */
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import type { ErrorDefinition } from '../evidence/types.ts'
import type { World } from '../world/world.ts'
import { ApiError } from './api-error.ts'
import { fail } from './envelope.ts'
import { sendFailure } from './error-handler.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { describeRequest, evidenceHeaders } from './evidence-header.ts'
import { commonHeaders } from './headers.ts'
import { unroutableError } from './unrouted.ts'

// See src/http/server.ts: an import would be slow.
const { STATUS_CODES } = process.getBuiltinModule('node:http')

/**
 * Fastify runs no hooks for a URL that the router cannot read, so this does the work of the hooks.
 * `findContext` sets the world and the target.
 */
export function handleRouterError(findContext: (request: FastifyRequest) => void) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    findContext(request)
    reply.serializer(JSON.stringify)
    reply.headers(commonHeaders(request.world))
    const { key } = unroutableError(request.target.path)
    reply.headers(evidenceHeaders(request.world, [key], () => describeRequest(request)))
    sendFailure(error, request, reply)
  }
}

const DEFINITIONS: Partial<Record<string, ErrorDefinition>> = {
  HPE_HEADER_OVERFLOW: GATEWAY_ERRORS.headers_too_large,
  ERR_HTTP_REQUEST_TIMEOUT: GATEWAY_ERRORS.request_too_slow,
}

/** The response to a request that is not HTTP, or does not arrive in time, as it is sent. */
export function responseToMalformed(
  { code = '', message }: { readonly code?: string | undefined; readonly message: string },
  world: World,
): string {
  return rawResponse(new ApiError(DEFINITIONS[code] ?? GATEWAY_ERRORS.request_malformed, message), world)
}

function rawResponse({ key, status, errors }: ApiError, world: World): string {
  const body = JSON.stringify(fail(errors))
  const headers = {
    ...commonHeaders(world),
    ...evidenceHeaders(world, [key], () => 'what is no HTTP'),
    'content-length': Buffer.byteLength(body),
    connection: 'close',
  }
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
  return [`HTTP/1.1 ${status} ${STATUS_CODES[status]}`, ...lines, '', body].join('\r\n')
}
