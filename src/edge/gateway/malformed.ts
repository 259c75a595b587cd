/** Bytes that are not HTTP/1.1. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { refusal } from './answers.ts'

/** The time for a client that is still sending to read the response. */
const LINGER_MS = 1_000

const PROBLEMS: Partial<Record<string, readonly [status: number, problem: string]>> = {
  HPE_HEADER_OVERFLOW: [431, 'the head of the request is longer than 16 KiB'],
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the head of the request did not arrive in time'],
  HPE_PAUSED_H2_UPGRADE: [400, 'HTTP/2 is only spoken over TLS: use https'],
}

const answered = new WeakSet<Socket>()

/** Writes a response of one line to a socket, and closes it. Late bytes are malformed too. */
export function answerMalformed({ code = '' }: Error & { code?: string }, socket: Socket): void {
  if (answered.has(socket)) return
  answered.add(socket)
  if (code === 'ECONNRESET' || !socket.writable) {
    socket.destroy()
    return
  }
  const [status, problem] = PROBLEMS[code] ?? [400, 'the request is not valid HTTP']
  const { body = '' } = refusal(status, problem)
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: text/plain; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    'connection: close',
  ]
  socket.on('error', () => {})
  socket.end(`${head.join('\r\n')}\r\n\r\n${body}`)
  setTimeout(() => socket.destroy(), LINGER_MS).unref()
}
