import type { RequestListener, Server, ServerOptions, ServerResponse } from 'node:http'
import { createServer as createHttpsServer } from 'node:https'
import type { Socket } from 'node:net'
import type { TlsOptions } from 'node:tls'

// An import of this module would load all that Node has of the web's APIs, a sixth of a start.
const { createServer } = process.getBuiltinModule('node:http')

/**
 * Our limit for the requests that wait on one connection. During a delay, nothing else stops a
 * client that sends more and more of them.
 */
const MAX_WAITING_REQUESTS = 10_000

interface GracefulServerOptions extends ServerOptions {
  /** Disconnects a client that reads nothing of its response for this long, in milliseconds. */
  readonly sendTimeout: number
  /** Undefined: connections are not encrypted. */
  readonly tls: TlsOptions | undefined
}

/**
 * Node's HTTP server, or its HTTPS server, with three changes. Requests on one connection run one
 * after the other, so that each sees the changes of the one before it. A client that does not read
 * its response is disconnected. And a shutdown waits until clients have received all pending
 * responses.
 */
export class GracefulServer {
  readonly http: Server
  /** By connection, in order: pending responses, and possibly some that are over. */
  readonly #responses = new Map<Socket, ServerResponse[]>()
  /** The TCP connections below TLS. */
  readonly #transports = new Set<Socket>()

  constructor({ sendTimeout, tls, ...options }: GracefulServerOptions, listener: RequestListener) {
    this.http = tls ? createHttpsServer({ ...options, ...tls }) : createServer(options)
    this.http.closeIdleConnections = () => this.#closeIdleConnections()
    this.http.on(tls ? 'secureConnection' : 'connection', (socket: Socket) => {
      this.#responses.set(socket, [])
      socket.once('close', () => this.#responses.delete(socket))
    })
    if (tls) {
      this.http.on('connection', socket => {
        this.#transports.add(socket)
        socket.once('close', () => this.#transports.delete(socket))
      })
    }
    this.http.on('request', (request, response) => {
      const { socket } = request
      const responses = this.#responses.get(socket) ?? []
      while (responses[0] && isOver(responses[0])) responses.shift()
      if (responses.length >= MAX_WAITING_REQUESTS) {
        socket.destroy()
        return
      }
      const previous = responses.at(-1)
      responses.push(response)
      // Every part that a client reads starts this time again. A response that is still to come, as
      // during a fault or between events, has no unsent bytes.
      response.setTimeout(sendTimeout, () => {
        if (socket.writableLength > 0) socket.destroy()
      })

      const run = (): void => {
        if (socket.writable) listener(request, response)
      }
      if (previous && !previous.closed) previous.once('close', run)
      else run()
    })
  }

  /** The pending responses of a connection, in order. */
  pendingOn(socket: Socket): readonly ServerResponse[] {
    return (this.#responses.get(socket) ?? []).filter(response => !isOver(response))
  }

  /** Whether requests can arrive on a connection: TLS, if there is any, is established. */
  isReady(socket: Socket): boolean {
    return this.#responses.has(socket)
  }

  /**
   * Resolves when all responses are over. Closes idle connections, and those whose request does not
   * arrive in time.
   */
  shutDown(): Promise<void> {
    return new Promise(resolve => {
      this.http.close(() => resolve())
      for (const socket of this.#responses.keys()) this.#endSoon(this.pendingOn(socket))
      this.#closeHandshakes()
    })
  }

  /**
   * `close` calls this. Node's method would treat a connection as idle once it has written the
   * response, although a slow client may not have received it yet.
   */
  #closeIdleConnections(): void {
    for (const socket of this.#responses.keys()) if (this.pendingOn(socket).length === 0) socket.destroy()
  }

  /** A TLS handshake that is not over would hold up the shutdown. */
  #closeHandshakes(): void {
    const secured = new Set([...this.#responses.keys()].map(clientOf))
    for (const socket of this.#transports) if (!secured.has(clientOf(socket))) socket.destroy()
  }

  #endSoon(pending: readonly ServerResponse[]): void {
    const last = pending.at(-1)
    if (last && !last.headersSent) last.setHeader('connection', 'close')
    for (const response of pending) {
      response.once('close', () => this.#closeIdleConnections())
      // A closed server no longer times out incomplete requests.
      if (!response.req.complete) setTimeout(() => response.req.destroy(), this.http.requestTimeout).unref()
    }
  }
}

function isOver({ req, closed }: ServerResponse): boolean {
  return req.complete && closed
}

/** The same for the two sockets of a connection with TLS. */
function clientOf({ remoteAddress, remotePort }: Socket): string {
  return `${remoteAddress} ${remotePort}`
}
