import type { Socket } from 'node:net'
import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError, type ErrorKey } from '../domain/errors.ts'
import type { World } from '../world/world.ts'
import { fail } from './envelope.ts'
import { answerFailure } from './failures.ts'
import { commonHeaders } from './headers.ts'

/** Node's own table comes with node:http, which as an import of a module brings along all that Node knows of the web: 60 ms. */
const REASONS: Readonly<Record<number, string>> = { 400: 'Bad Request', 431: 'Request Header Fields Too Large' }

/** A URL that the router cannot even read reaches no hook, so what the hooks would do is done here. */
export const answerUnroutable =
  (world: () => World) =>
  (error: FastifyError, request: FastifyRequest, reply: FastifyReply): void => {
    request.world = world()
    reply.serializer(JSON.stringify)
    reply.headers(commonHeaders(request.world))
    answerFailure(error, request, reply)
  }

/** What is no HTTP reaches no request: the answer is written on the bare socket, which then closes. */
export const answerGarbage =
  (world: () => World) =>
  (error: Error & { code?: string }, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || !socket.writable) return

    const key: ErrorKey = error.code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'request_malformed'
    const { status, errors } = new ApiError(key, error.message)
    const body = JSON.stringify(fail(errors))
    const headers = { ...commonHeaders(world()), 'content-length': Buffer.byteLength(body), connection: 'close' }
    const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`)
    socket.end([`HTTP/1.1 ${status} ${REASONS[status]}`, ...lines, '', body].join('\r\n'))
  }
