import type { RequestListener } from 'node:http'
import type { Socket } from 'node:net'
import { authorityOf, bindServers } from './bind.ts'
import type { Credential } from './certificates.ts'
import { handleClientError, type RespondToError } from './client-errors.ts'
import { GracefulServer } from './server.ts'

/**
 * Our limit for the time in which a complete request must arrive. Node's default is five minutes.
 */
const REQUEST_TIMEOUT_MS = 30_000

/**
 * Our limit for the time in which a client reads nothing of a response, which we hold meanwhile.
 * Node looks for progress at most twice, so the connection ends within double the time.
 */
const SEND_TIMEOUT_MS = 30_000

/**
 * How long an idle connection stays open. This is Fastify's default, longer than the timeout of any
 * load balancer in front.
 */
const KEEP_ALIVE_MS = 72_000

export interface ListenOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  /** Undefined: connections are not encrypted. */
  readonly tls?: Credential
  /** Default: that of Node, 16 KiB. */
  readonly max_header_bytes?: number
  readonly request_timeout_ms?: number
  readonly send_timeout_ms?: number
}

/** The open sockets of an emulator. */
export interface Listener {
  readonly url: string
  /** Resolves when clients have received their responses and all connections are closed. */
  readonly close: () => Promise<void>
}

/**
 * `respond`: answers what is not HTTP, and what does not arrive in time. Rejects with Node's error,
 * such as EADDRINUSE.
 */
export async function openListener(
  respond: RespondToError,
  handle: RequestListener,
  options: ListenOptions,
): Promise<Listener> {
  const create = (): GracefulServer => createServer(respond, handle, options)
  const { servers, address } = await bindServers(create, server => server.http, options)
  return {
    url: `${options.tls ? 'https' : 'http'}://${authorityOf(address)}`,
    close: async () => {
      await Promise.all(servers.map(server => server.shutDown()))
    },
  }
}

function createServer(
  respond: RespondToError,
  handle: RequestListener,
  { tls, max_header_bytes, request_timeout_ms = REQUEST_TIMEOUT_MS, send_timeout_ms = SEND_TIMEOUT_MS }: ListenOptions,
): GracefulServer {
  const server = new GracefulServer(
    {
      requireHostHeader: false,
      ...(max_header_bytes !== undefined && { maxHeaderSize: max_header_bytes }),
      headersTimeout: request_timeout_ms,
      requestTimeout: request_timeout_ms,
      connectionsCheckingInterval: Math.ceil(request_timeout_ms / 6),
      sendTimeout: send_timeout_ms,
      keepAliveTimeout: KEEP_ALIVE_MS,
      tls: tls && { ...tls, handshakeTimeout: request_timeout_ms },
    },
    handle,
  )
  const handleError = handleClientError(respond, socket => server.pendingOn(socket))
  server.http.on('clientError', (error, socket: Socket) => {
    // Nobody can read a response before TLS is established, for example if the client speaks HTTP.
    if (server.isReady(socket)) void handleError(error, socket)
    else socket.destroy()
  })
  // Node would respond 417. We ignore any expectation other than 100-continue, like an unknown
  // header.
  server.http.on('checkExpectation', (request, response) => server.http.emit('request', request, response))
  return server
}
