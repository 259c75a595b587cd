/** Errors below the API: URLs that the router cannot read, and bytes that are not HTTP. */
import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
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
 * The time for a client that sent something other than HTTP to read the response and disconnect.
 */
const LINGER_MS = 1_000

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

/**
 * A request that is not HTTP, or does not arrive in time, reaches no handler: this writes the
 * response to the socket and closes it. It sends the responses to earlier requests first, since a
 * client matches them by order. `pendingOn` returns the pending responses of a connection.
 */
export function handleClientError(world: () => World, pendingOn: (socket: Socket) => readonly ServerResponse[]) {
  const handled = new WeakSet<Socket>()

  return async (error: Error & { code?: string }, socket: Socket): Promise<void> => {
    const pending = pendingOn(socket)
    const broken = pending.find(({ req }) => !req.complete)
    const definition = DEFINITIONS[error.code ?? ''] ?? GATEWAY_ERRORS.request_malformed
    const isTooSlow = definition === GATEWAY_ERRORS.request_too_slow
    if (error.code === 'ECONNRESET' || !socket.writable || handled.has(socket)) return
    if (isTooSlow && broken && isUnread(broken)) return

    handled.add(socket)
    for (const earlier of pending) if (earlier !== broken) await closed(earlier)
    if (!socket.writable || broken?.headersSent) {
      socket.destroy()
      return
    }

    socket.end(rawResponse(new ApiError(definition, error.message), world()))
    // Close at once after a timeout, so that late bytes are not read as a new request. Otherwise
    // wait: a client that is still sending would lose the response.
    if (isTooSlow) socket.destroySoon()
    else setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

/** Whether the client has sent more than we have read, as during a fault with latency. */
function isUnread({ req }: ServerResponse): boolean {
  return req.readableLength >= req.readableHighWaterMark
}

function closed(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    if (response.closed) resolve()
    else response.once('close', () => resolve())
  })
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
