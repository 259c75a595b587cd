/** Sends a request on to a worker thread, and its response back. */
import type { IncomingMessage, ServerResponse } from 'node:http'
import { pipeline } from 'node:stream'
import { isEncrypted, PEER_HEADER, peerOf } from './protocol.ts'

// See src/http/server.ts: an import would be slow.
const { Agent, request: send } = process.getBuiltinModule('node:http')

/** What differs from the request of the client. */
export interface Changes {
  readonly method?: string
  readonly url?: string
  /** The whole body. */
  readonly body?: Buffer
}

export type Relay = ReturnType<typeof createRelay>

/** `key`: proves to a worker thread that a request comes from here. */
export function createRelay(key: string) {
  const agent = new Agent({ keepAlive: true, maxFreeSockets: 1_024 })

  return {
    /** Rejects if the thread resets the connection, or ends before it responds. */
    ask: (port: number, request: IncomingMessage, changes: Changes = {}): Promise<IncomingMessage> =>
      new Promise((resolve, reject) => {
        const { method = request.method ?? 'GET', url = request.url ?? '/', body } = changes
        const headers = [PEER_HEADER, peerOf(request, key), ...request.rawHeaders]
        const onward = send({ agent, host: '127.0.0.1', port, method, path: url, headers, setHost: false })
        const cancel = (): void => void onward.destroy()
        request.socket.once('close', cancel)
        onward.once('close', () => request.socket.off('close', cancel))
        onward.once('response', resolve)
        onward.on('error', reject)
        if (body) onward.end(body)
        else if (hasBody(request)) request.pipe(onward)
        else onward.end()
      }),

    close: (): void => agent.destroy(),
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['content-length'] !== undefined || headers['transfer-encoding'] !== undefined
}

/** The control plane refuses a larger body, so the thread needs no more of it to say so. */
const MAX_BODY_BYTES = 1024 * 1024

/** The body of an operation of the control plane that takes little. */
export async function readBody(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  let length = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    chunks.push(chunk)
    length += chunk.length
    if (length > MAX_BODY_BYTES) break
  }
  return Buffer.concat(chunks)
}

/** Sends a response of a worker thread to the client. A body that is cut stays cut. */
export function passOn(from: IncomingMessage, to: ServerResponse): void {
  passOnHead(from, to)
  pipeline(from, to, () => {})
}

export function passOnHead(from: IncomingMessage, to: ServerResponse): void {
  to.writeHead(from.statusCode ?? 502, from.statusMessage, headersOf(from))
  // The first event may take long.
  if (isEventStream(from)) to.flushHeaders()
}

export function isEventStream({ headers }: IncomingMessage): boolean {
  return headers['content-type']?.includes('text/event-stream') === true
}

/** Sends the head of a response of a worker thread with another body. */
export function passOnWith(
  body: string,
  from: IncomingMessage,
  to: ServerResponse,
  headers: Readonly<Record<string, string>> = {},
): void {
  const replaced = Object.keys(headers)
  const kept = headersOf(from, ['content-length', ...replaced])
  to.writeHead(from.statusCode ?? 502, from.statusMessage, [...kept, ...Object.entries(headers).flat()])
  to.end(body)
}

/** How a body ends, and whether a connection goes on, is between Node and each client. */
const OF_A_CONNECTION = ['connection', 'keep-alive', 'transfer-encoding']

function headersOf({ rawHeaders, headers }: IncomingMessage, dropped: readonly string[] = []): string[] {
  const kept = rawHeaders.flatMap((name, index) => {
    const isName = index % 2 === 0
    const isDropped = [...OF_A_CONNECTION, ...dropped].includes(name.toLowerCase())
    return isName && !isDropped ? [name, rawHeaders[index + 1] ?? ''] : []
  })
  return headers.connection === 'close' ? [...kept, 'connection', 'close'] : kept
}

/** For a request that got no response: the thread ended, or a fault reset the connection. */
export function fail(error: unknown, { socket }: IncomingMessage, response: ServerResponse): void {
  const isReset = error instanceof Error && 'syscall' in error && error.syscall === 'read'
  if (response.headersSent || socket.destroyed) response.destroy()
  else if (!isReset) sendUnavailable(response)
  else if (isEncrypted(socket)) socket.destroy()
  else socket.resetAndDestroy()
}

/** In the shape of the control plane, so that nobody mistakes it for an error of Cloudflare's. */
export function sendUnavailable(response: ServerResponse): void {
  sendError(response, 503, 'unavailable', 'the worker thread with this world ended, and starts again: try again')
}

export function sendError(response: ServerResponse, status: number, code: string, message: string): void {
  const body = JSON.stringify({ error: { code, message } })
  response
    .writeHead(status, {
      'content-type': 'application/json; charset=utf-8',
      'content-length': Buffer.byteLength(body),
      'cache-control': 'no-store',
      ...(status === 503 && { 'retry-after': '1' }),
    })
    .end(body)
}
