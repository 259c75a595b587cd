import { type RequestListener, Server, type ServerOptions, type ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Node's HTTP server with two changes. Requests on one connection run one after the other, so that
 * each sees the changes of the one before it. And a shutdown waits until clients have received all
 * pending responses.
 */
export class GracefulServer extends Server {
  /** By connection, in order: pending responses, and possibly some that are over. */
  readonly #responses = new Map<Socket, readonly ServerResponse[]>()

  constructor(options: ServerOptions, listener: RequestListener) {
    super(options)
    this.on('connection', socket => {
      this.#responses.set(socket, [])
      socket.once('close', () => this.#responses.delete(socket))
    })
    this.on('request', (request, response) => {
      const { socket } = request
      const pending = this.pendingOn(socket)
      this.#responses.set(socket, [...pending, response])

      const run = (): void => {
        if (socket.writable) listener(request, response)
      }
      const previous = pending.at(-1)
      if (previous && !previous.closed) previous.once('close', run)
      else run()
    })
  }

  /** The pending responses of a connection, in order. */
  pendingOn(socket: Socket): readonly ServerResponse[] {
    return (this.#responses.get(socket) ?? []).filter(response => !isOver(response))
  }

  /**
   * `close` calls this. Node's method would treat a connection as idle once it has written the
   * response, although a slow client may not have received it yet.
   */
  override closeIdleConnections(): void {
    for (const socket of this.#responses.keys()) if (this.pendingOn(socket).length === 0) socket.destroy()
  }

  /**
   * Resolves when all responses are over. Closes idle connections, and those whose request does not
   * arrive in time.
   */
  shutDown(): Promise<void> {
    return new Promise(resolve => {
      this.close(() => resolve())
      for (const socket of this.#responses.keys()) this.#endSoon(this.pendingOn(socket))
    })
  }

  #endSoon(pending: readonly ServerResponse[]): void {
    const last = pending.at(-1)
    if (last && !last.headersSent) last.setHeader('connection', 'close')
    for (const response of pending) {
      response.once('close', () => this.closeIdleConnections())
      // A closed server no longer times out incomplete requests.
      if (!response.req.complete) setTimeout(() => response.req.destroy(), this.requestTimeout).unref()
    }
  }
}

function isOver({ req, closed }: ServerResponse): boolean {
  return req.complete && closed
}
