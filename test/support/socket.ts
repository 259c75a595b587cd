/** Sends raw bytes to a server, for requests that no HTTP client would send. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/** Opens a connection that stays open until the server closes it or the test finishes. */
export async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {})
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  return socket
}

/** Sends bytes, part by part, and returns everything until the server closes the connection. */
export async function talk(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = await open(port)
  const received = text(socket)
  for (const part of parts) socket.write(part)
  return received
}

export interface RawResponse {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** Splits received text into responses; each must have a content-length. */
export function responsesIn(received: string): readonly RawResponse[] {
  const bytes = Buffer.from(received)
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return []

  const head = bytes.toString('utf8', 0, end)
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
  const body = bytes.toString('utf8', end + 4, end + 4 + length)
  const status = Number(head.split(' ')[1])
  return [{ status, head, body }, ...responsesIn(bytes.toString('utf8', end + 4 + length))]
}
