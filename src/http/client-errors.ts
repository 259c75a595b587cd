import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * The time for a client that sent something other than HTTP to read the response and disconnect.
 */
const LINGER_MS = 1_000

export interface ClientError {
  readonly code?: string | undefined
  readonly message: string
}

/** Creates the response to a client error, as it is sent. */
export type RespondToError = (error: ClientError) => string | Promise<string>

/**
 * A request that is not HTTP, or does not arrive in time, reaches no handler: this writes the
 * response to the socket and closes it. It sends the responses to earlier requests first, since a
 * client matches them by order. `pendingOn` returns the pending responses of a connection.
 */
export function handleClientError(respond: RespondToError, pendingOn: (socket: Socket) => readonly ServerResponse[]) {
  const handled = new WeakSet<Socket>()

  return async ({ code, message }: ClientError, socket: Socket): Promise<void> => {
    const pending = pendingOn(socket)
    const broken = pending.find(({ req }) => !req.complete)
    const isTooSlow = code === 'ERR_HTTP_REQUEST_TIMEOUT'
    if (code === 'ECONNRESET' || !socket.writable || handled.has(socket)) return
    if (isTooSlow && broken && isUnread(broken)) return

    handled.add(socket)
    for (const earlier of pending) if (earlier !== broken) await closed(earlier)
    if (!socket.writable || broken?.headersSent) {
      socket.destroy()
      return
    }

    socket.end(await respond({ code, message }))
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
