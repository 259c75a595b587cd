/** HTTP/2 over TLS. */
import { constants, type IncomingHttpHeaders, performServerHandshake, type ServerHttp2Stream } from 'node:http2'
import type { TLSSocket } from 'node:tls'
import { type Header, outgoingHeaders } from './headers.ts'
import { receive } from './receive.ts'
import type { Exchange, Visit } from './visit.ts'

const { NGHTTP2_FLAG_END_STREAM, NGHTTP2_INTERNAL_ERROR, NGHTTP2_NO_ERROR } = constants

export function serveHttp2(socket: TLSSocket, onVisit: (visit: Visit) => void): void {
  const session = performServerHandshake(socket)
  session.on('error', () => session.destroy())
  session.on('stream', (stream, headers, flags, rawHeaders) => {
    const exchange = http2Exchange(stream, headers, (flags & NGHTTP2_FLAG_END_STREAM) !== 0)
    const visit = receive(
      {
        method: headers[':method'] ?? '',
        scheme: 'https',
        target: headers[':path'],
        hosts: hostsOf(headers),
        headers: pairsOf(rawHeaders),
        address: socket.remoteAddress,
        is_websocket: false,
      },
      exchange,
    )
    if (visit) onVisit(visit)
  })
}

function hostsOf({ ':authority': authority, host }: IncomingHttpHeaders): readonly string[] {
  return [...new Set([authority, host])].filter(name => name !== undefined)
}

/** Without pseudo headers. */
function pairsOf(rawHeaders: readonly string[]): readonly Header[] {
  const names = rawHeaders.filter((_, nth) => nth % 2 === 0)
  return names
    .map((name, nth): Header => [name, rawHeaders[2 * nth + 1] ?? ''])
    .filter(([name]) => !name.startsWith(':'))
}

function http2Exchange(stream: ServerHttp2Stream, { expect }: IncomingHttpHeaders, hasEnded: boolean): Exchange {
  let trailers: readonly Header[] = []
  stream.on('error', () => {})
  stream.once('wantTrailers', () => sendTrailers(stream, trailers))
  if (expect?.toLowerCase() === '100-continue') stream.additionalHeaders({ ':status': 100 })

  return {
    body: hasEnded ? undefined : stream,
    // Clients open websockets over HTTP/1.1, unless a server offers more.
    switchToWebsocket: undefined,
    begin: (status, headers) => {
      stream.respond({ ...lowerCase(outgoingHeaders(headers)), ':status': status }, { waitForTrailers: true })
      return {
        writable: stream,
        addTrailers: added => {
          trailers = added
        },
      }
    },
    // Unlike `close`, an error does not end the response as if that were whole.
    abort: () => stream.destroy(new Error('the response is not whole')),
    onClose: listener => {
      stream.once('close', () => {
        const wasReset = stream.aborted || stream.rstCode !== NGHTTP2_NO_ERROR
        listener(stream.writableFinished && !wasReset)
      })
    },
    isClosed: () => stream.destroyed || stream.closed,
  }
}

/** Also none, since that is what ends the stream. */
function sendTrailers(stream: ServerHttp2Stream, trailers: readonly Header[]): void {
  try {
    stream.sendTrailers(lowerCase(outgoingHeaders(trailers)))
  } catch {
    stream.close(NGHTTP2_INTERNAL_ERROR)
  }
}

function lowerCase<T>(headers: Record<string, T>): Record<string, T> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]))
}
