/** Errors below the API: URLs that the router cannot read, and bytes that are not HTTP. */
import { type ServerResponse, STATUS_CODES } from 'node:http'
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

/**
 * How long a client that sent no HTTP may take to read the response and hang up, in milliseconds.
 */
const LINGER_MS = 1_000

/**
 * A URL that the router cannot read reaches no hook, so this does the work of the hooks.
 * `findContext` sets world and target.
 */
export function handleRouterError(findContext: (request: FastifyRequest) => void) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    findContext(request)
    reply.serializer(JSON.stringify)
    reply.headers(commonHeaders(request.world))
    reply.headers(evidenceHeaders(request.world, ['unroutable'], () => describeRequest(request)))
    sendFailure(error, request, reply)
  }
}

const DEFINITIONS: Partial<Record<string, ErrorDefinition>> = {
  HPE_HEADER_OVERFLOW: GATEWAY_ERRORS.headers_too_large,
  ERR_HTTP_REQUEST_TIMEOUT: GATEWAY_ERRORS.request_too_slow,
}

/**
 * A request that is not HTTP, or does not arrive in time, reaches no handler: the response is
 * written on the bare socket, which then closes. Responses to earlier requests go out first, or a
 * client would take this one for theirs. `pendingOn` returns the responses under way on a
 * connection.
 */
export function handleClientError(world: () => World, pendingOn: (socket: Socket) => readonly ServerResponse[]) {
  const refused = new WeakSet<Socket>()

  return async (error: Error & { code?: string }, socket: Socket): Promise<void> => {
    const pending = pendingOn(socket)
    const broken = pending.find(({ req }) => !req.complete)
    const definition = DEFINITIONS[error.code ?? ''] ?? GATEWAY_ERRORS.request_malformed
    const isTooSlow = definition === GATEWAY_ERRORS.request_too_slow
    if (error.code === 'ECONNRESET' || !socket.writable || refused.has(socket)) return
    if (isTooSlow && broken && isUnread(broken)) return

    refused.add(socket)
    for (const earlier of pending) if (earlier !== broken) await closed(earlier)
    if (!socket.writable || broken?.headersSent) {
      socket.destroy()
      return
    }

    socket.end(rawResponse(new ApiError(definition, error.message), world()))
    // Close a slow client at once, so that late bytes are not read as a new request. A client that
    // keeps sending would lose the response if it were cut off at once.
    if (isTooSlow) socket.destroySoon()
    else setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

/**
 * Whether the rest of a body waits for us and not for the client, as under a fault with latency.
 */
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
