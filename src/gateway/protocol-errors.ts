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

/** How long a client that sent no HTTP may take to read the answer and hang up, in milliseconds. */
const LINGER_MS = 1_000

/** A URL that the router cannot even read reaches no hook, so what the hooks would do is done here. */
export function answerUnroutable(worldOf: (request: FastifyRequest) => World) {
  return (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    request.world = worldOf(request)
    reply.serializer(JSON.stringify)
    reply.headers(commonHeaders(request.world))
    reply.headers(evidenceHeaders(request.world, ['unroutable'], () => describeRequest(request)))
    sendFailure(error, request, reply)
  }
}

const KEYS: Partial<Record<string, ErrorDefinition>> = {
  HPE_HEADER_OVERFLOW: GATEWAY_ERRORS.headers_too_large,
  ERR_HTTP_REQUEST_TIMEOUT: GATEWAY_ERRORS.request_too_slow,
}

/**
 * What is no HTTP, or does not arrive in time, reaches no handler: the answer is written on the bare socket, which then closes.
 * Answers to what came whole before it go out first, or a client would take this one for theirs. `answersOn` a connection are those
 * under way.
 */
export function answerGarbage(world: () => World, answersOn: (socket: Socket) => readonly ServerResponse[]) {
  const refused = new WeakSet<Socket>()

  return async (error: Error & { code?: string }, socket: Socket): Promise<void> => {
    const answers = answersOn(socket)
    const broken = answers.find(({ req }) => !req.complete)
    const key = KEYS[error.code ?? ''] ?? GATEWAY_ERRORS.request_malformed
    if (error.code === 'ECONNRESET' || !socket.writable || refused.has(socket)) return
    if (key === GATEWAY_ERRORS.request_too_slow && broken && isUnread(broken)) return

    refused.add(socket)
    for (const earlier of answers) if (earlier !== broken) await closing(earlier)
    if (!socket.writable || broken?.headersSent) {
      socket.destroy()
      return
    }

    socket.end(rawAnswer(new ApiError(key, error.message), world()))
    // The rest of what came too late must find nobody. Who sends garbage on and on loses the answer if it is cut off at once.
    if (key === GATEWAY_ERRORS.request_too_slow) socket.destroySoon()
    else setTimeout(() => socket.destroy(), LINGER_MS).unref()
  }
}

/** Whether it is we who keep the rest of a body waiting, as a fault with latency does. */
function isUnread({ req }: ServerResponse): boolean {
  return req.readableLength >= req.readableHighWaterMark
}

function closing(response: ServerResponse): Promise<void> {
  return new Promise(resolve => {
    if (response.closed) resolve()
    else response.once('close', () => resolve())
  })
}

function rawAnswer({ key, status, errors }: ApiError, world: World): string {
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
