import type { FastifyReply } from 'fastify'

/** Our choice: proxies commonly end a response that is silent for a minute. */
const HEARTBEAT_MS = 15_000

/** A comment, which clients of server-sent events skip. */
const HEARTBEAT = ': still here\n\n'

/** A response with server-sent events. A client that does not read costs the buffer of its socket. */
export interface EventStream {
  /** False while the client reads too slowly, or when the response is over: then write nothing. */
  readonly isReading: () => boolean
  readonly write: (text: string) => void
  readonly end: () => void
  readonly onClose: (listener: () => void) => void
}

/** `onDrain`: called when a slow client can get more. */
export function openEventStream(reply: FastifyReply, onDrain: () => void): EventStream {
  const response = reply.raw
  let isWritable = true
  const isReading = (): boolean => isWritable && !response.writableEnded
  const write = (text: string): void => {
    isWritable = response.write(text)
  }

  reply.hijack()
  response.writeHead(200, {
    'content-type': 'text/event-stream',
    'cache-control': 'no-store',
    // A proxy such as nginx would otherwise keep events until its buffer is full.
    'x-accel-buffering': 'no',
    // Without it the server could not close while the client keeps the connection.
    connection: 'close',
  })
  response.flushHeaders()
  response.on('drain', () => {
    isWritable = true
    onDrain()
  })
  const heartbeat = setInterval(() => {
    if (isReading()) write(HEARTBEAT)
  }, HEARTBEAT_MS).unref()
  response.once('close', () => clearInterval(heartbeat))
  return {
    isReading,
    write,
    end: () => void response.end(),
    onClose: listener => void response.once('close', listener),
  }
}
