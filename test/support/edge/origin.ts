/** Origins for tests of the edge: what stands behind cloudflared. */
import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import { type AddressInfo, createServer as createTcpServer, type Server, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as wait } from 'node:timers/promises'
import type { Credential } from '../../../src/http/certificates.ts'
import { echoWebsocket } from './websocket.ts'

export interface Origin {
  readonly port: number
  /** `http://127.0.0.1:PORT`, for the service of an ingress rule. */
  readonly url: string
  /** Requests that arrived, as `METHOD PATH`. */
  readonly requests: readonly string[]
  readonly close: () => Promise<void>
}

type Answer = (request: IncomingMessage, response: ServerResponse, query: URLSearchParams) => unknown

const CHUNK_BYTES = 64 * 1024

/** The bytes of `/bytes`: repeatable, and different in each chunk. */
export function* bytesOf(size: number): Generator<Buffer> {
  for (let sent = 0; sent < size; sent += CHUNK_BYTES) {
    yield Buffer.alloc(Math.min(CHUNK_BYTES, size - sent), `${sent},`)
  }
}

export function digestOf(chunks: Iterable<Buffer>): string {
  const hash = createHash('sha256')
  for (const chunk of chunks) hash.update(chunk)
  return hash.digest('hex')
}

const numberIn = (query: URLSearchParams, name: string, fallback: number): number => Number(query.get(name) ?? fallback)

const ANSWERS: Readonly<Record<string, Answer>> = {
  /** What arrived: the method, the URL and the headers as pairs. */
  '/echo': ({ method, url, httpVersion, headers, rawHeaders }, response) =>
    response.end(JSON.stringify({ method, url, httpVersion, headers, rawHeaders })),

  '/sse': async (_request, response, query) => {
    response.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-cache' })
    response.flushHeaders()
    for (let event = 1; event <= numberIn(query, 'events', 5) && !response.destroyed; event++) {
      response.write(`data: ${JSON.stringify({ event, sent_at: Date.now() })}\n\n`)
      await wait(numberIn(query, 'every_ms', 100))
    }
    response.end()
  },

  '/trailers': (_request, response) => {
    response.writeHead(200, { trailer: 'x-checksum' })
    response.write('body')
    response.addTrailers({ 'x-checksum': 'abc123' })
    response.end()
  },

  '/not-modified': (_request, response) => response.writeHead(304, { etag: '"v1"' }).end(),
  '/empty': (_request, response) => response.writeHead(204).end(),
  '/cookies': (_request, response) =>
    response.writeHead(200, { 'set-cookie': ['a=1; Path=/', 'b=2; Path=/'] }).end('cookies'),

  /** Size and digest of the body, and how its length was announced. */
  '/sum': async (request, response) => {
    const hash = createHash('sha256')
    let bytes = 0
    for await (const chunk of request) {
      hash.update(chunk)
      bytes += chunk.length
    }
    response.end(
      JSON.stringify({ bytes, sha256: hash.digest('hex'), length: request.headers['content-length'] ?? null }),
    )
  },

  '/bytes': async (_request, response, query) => {
    const size = numberIn(query, 'size', 1024)
    response.writeHead(200, { 'content-type': 'application/octet-stream', 'content-length': size })
    await pipeline(Readable.from(bytesOf(size)), response)
  },

  '/slow': async (_request, response, query) => {
    await wait(numberIn(query, 'ms', 1000))
    response.end('slow')
  },

  /** A response head of about this many bytes. */
  '/large-head': (_request, response, query) => {
    const count = Math.ceil(numberIn(query, 'bytes', 1024) / 1024)
    response.writeHead(
      200,
      Object.fromEntries(Array.from({ length: count }, (_, n) => [`x-filler-${n}`, 'f'.repeat(1010)])),
    )
    response.end('large head')
  },

  /** Ends the connection before the head, or after some bytes of the body. */
  '/die': (request, response, query) => {
    if (!query.has('after')) {
      request.socket.destroy()
      return
    }
    response.writeHead(200, { 'content-length': 1_000_000 })
    response.write(Buffer.alloc(numberIn(query, 'after', 0)), () => request.socket.destroy())
  },
}

/** An HTTP/1.1 origin. Unknown paths answer with its name; an upgrade is a websocket that echoes. */
export async function startOrigin(name = 'origin', port = 0): Promise<Origin> {
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', 'http://origin')
    requests.push(`${request.method} ${pathname}`)
    const answer = ANSWERS[pathname]
    try {
      if (answer) await answer(request, response, searchParams)
      else response.end(name)
    } catch {
      // The client went away, which the test asked for.
      response.destroy()
    }
  })
  server.on('upgrade', (request, socket, head) => {
    requests.push(`UPGRADE ${request.url}`)
    echoWebsocket(request, socket, head)
  })
  return listening(server, 'http', requests, port)
}

/**
 * An origin that is shaped like a gRPC service: HTTP/2 over TLS, each DATA frame echoed, and the
 * status in the trailers.
 */
export async function startGrpcOrigin({ cert, key }: Credential): Promise<Origin> {
  const requests: string[] = []
  const server = createSecureServer({ cert, key })
  server.on('stream', (stream, headers) => {
    requests.push(`${headers[':method']} ${headers[':path']}`)
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true })
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'grpc-message': 'ok' }))
    stream.on('data', chunk => stream.write(chunk))
    stream.on('end', () => stream.end())
    stream.on('error', () => stream.destroy())
  })
  return listening(server, 'https', requests)
}

/** A TCP service that sends back what it gets. */
export async function startTcpEcho(): Promise<Origin> {
  const server = createTcpServer(socket => {
    socket.on('error', () => socket.destroy())
    socket.pipe(socket)
  })
  return listening(server, 'tcp', [])
}

async function listening(server: Server, scheme: string, requests: readonly string[], port = 0): Promise<Origin> {
  const sockets = new Set<Socket>()
  const track = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  }
  server.on('connection', track)
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address() as AddressInfo
  return {
    port: address.port,
    url: `${scheme}://127.0.0.1:${address.port}`,
    requests,
    close: async () => {
      const closed = once(server, 'close')
      server.close()
      for (const socket of sockets) socket.destroy()
      await closed
    },
  }
}
