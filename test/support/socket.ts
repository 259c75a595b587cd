/** Talking to a server below HTTP, for what no client would send. */
import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

/**
 * A connection that stays open until the server or the test ends it; that the server hangs up first
 * is no error.
 */
export async function open(port: number): Promise<Socket> {
  const socket = connect({ port, host: '127.0.0.1', allowHalfOpen: true }).on('error', () => {})
  onTestFinished(() => {
    socket.destroy()
  })
  await once(socket, 'connect')
  return socket
}

/**
 * Sends bytes, part by part, and takes what comes until the server hangs up. It never does so
 * itself.
 */
export async function talk(port: number, ...parts: readonly (string | Uint8Array)[]): Promise<string> {
  const socket = await open(port)
  const heard = text(socket)
  for (const part of parts) socket.write(part)
  return heard
}

export interface RawAnswer {
  readonly status: number
  readonly head: string
  readonly body: string
}

/** The answers in what a server said, one after the other; each has a length. */
export function answersIn(said: string): readonly RawAnswer[] {
  const bytes = Buffer.from(said)
  const end = bytes.indexOf('\r\n\r\n')
  if (end < 0) return []

  const head = bytes.toString('utf8', 0, end)
  const length = Number(/^content-length: (\d+)$/im.exec(head)?.[1] ?? 0)
  const body = bytes.toString('utf8', end + 4, end + 4 + length)
  const status = Number(head.split(' ')[1])
  return [{ status, head, body }, ...answersIn(bytes.toString('utf8', end + 4 + length))]
}
