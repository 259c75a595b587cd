/** HTTP/1.1, with or without TLS. */
import { createServer, type IncomingMessage, type Server, ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import { type Header, outgoingHeaders } from './headers.ts'
import { answerMalformed } from './malformed.ts'
import { receive, type SentRequest } from './receive.ts'
import type { Exchange, Visit } from './visit.ts'

/** Our limit for the time in which the head of a request arrives. A body may take any time. */
const HEAD_TIMEOUT_MS = 30_000
/** As long as for the API. */
const KEEP_ALIVE_MS = 72_000

/** It does not listen: `emit('connection', socket)` hands it a socket, also one of TLS. */
export function createHttp1Server(onVisit: (visit: Visit) => void): Server {
  const server = createServer({
    requireHostHeader: false,
    headersTimeout: HEAD_TIMEOUT_MS,
    requestTimeout: 0,
    keepAliveTimeout: KEEP_ALIVE_MS,
    // Node 22.14 does not know this: there, a request for another upgrade loses its body.
    shouldUpgradeCallback: wantsWebsocket,
  })
  /** The responses that a connection still waits for. */
  const pending = new WeakMap<Socket, number>()
  /** Connections on which what follows cannot be told from the body of a refused request. */
  const refused = new WeakSet<Socket>()
  const count = (socket: Socket, change: number) => pending.set(socket, (pending.get(socket) ?? 0) + change)

  server.on('request', (request, response) => {
    const { socket } = request
    if (refused.has(socket)) return
    count(socket, 1)
    response.once('close', () => count(socket, -1))
    const exchange = http1Exchange(request, response)
    const visit = receive(sentRequest(request, false), exchange, () => {
      refused.add(socket)
      response.shouldKeepAlive = false
    })
    if (visit) onVisit(visit)
  })
  const onUpgrade = (request: IncomingMessage, socket: Socket, first: Buffer): void => {
    // Its answer would overtake those of earlier requests.
    if (refused.has(socket) || pending.get(socket)) {
      socket.destroy()
      return
    }
    const visit = receive(sentRequest(request, wantsWebsocket(request)), upgradeExchange(request, socket, first))
    if (visit) onVisit(visit)
  }
  server.on('upgrade', onUpgrade)
  server.on('connect', onUpgrade)
  // Node would answer 417 to an expectation that it does not know.
  server.on('checkExpectation', (request, response) => server.emit('request', request, response))
  server.on('clientError', (error, socket: Socket) => {
    if (pending.get(socket)) socket.destroy()
    else answerMalformed(error, socket)
  })
  // Starts the checks of the timeouts, since the server does not listen itself.
  server.emit('listening')
  return server
}

function wantsWebsocket({ method, headers }: IncomingMessage): boolean {
  return method === 'GET' && headers.upgrade?.toLowerCase() === 'websocket'
}

function sentRequest(request: IncomingMessage, is_websocket: boolean): SentRequest {
  const { method = '', url, socket, rawHeaders } = request
  const names = rawHeaders.filter((_, nth) => nth % 2 === 0)
  const headers = names.map((name, nth): Header => [name.toLowerCase(), rawHeaders[2 * nth + 1] ?? ''])
  return {
    method,
    scheme: 'encrypted' in socket ? 'https' : 'http',
    target: url,
    hosts: headers.flatMap(([name, value]) => (name === 'host' ? value : [])),
    headers,
    address: socket.remoteAddress,
    is_websocket,
  }
}

function http1Exchange(request: IncomingMessage, response: ServerResponse): Exchange {
  request.on('error', ignore)
  response.on('error', ignore)
  return {
    body: hasBody(request) ? request : undefined,
    switchToWebsocket: undefined,
    begin: (status, headers) => {
      sendHead(response, status, headers)
      return { writable: response, addTrailers: trailers => response.addTrailers(outgoingHeaders(trailers)) }
    },
    abort: () => response.destroy(),
    onClose: listener => {
      response.once('close', () => listener(response.writableFinished))
    },
    isClosed: () => response.closed || response.destroyed,
  }
}

/** Once a request asks for an upgrade, its socket is ours. `first`: the bytes after its head. */
function upgradeExchange(request: IncomingMessage, socket: Socket, first: Buffer): Exchange {
  socket.on('error', ignore)
  // Now, since the socket may end before the websocket opens.
  if (first.length > 0) socket.unshift(first)
  let isComplete = false
  socket.once('finish', () => {
    isComplete = true
  })

  return {
    body: undefined,
    switchToWebsocket: headers => {
      const lines: readonly Header[] = [['connection', 'Upgrade'], ['upgrade', 'websocket'], ...headers]
      const text = ['HTTP/1.1 101 Switching Protocols', ...lines.map(line => line.join(': ')), '', ''].join('\r\n')
      socket.write(text, 'latin1')
      return socket
    },
    begin: (status, headers) => {
      const response = new ServerResponse(request)
      response.shouldKeepAlive = false
      response.on('error', ignore)
      response.assignSocket(socket)
      sendHead(response, status, headers)
      response.once('finish', () => socket.end())
      socket.resume()
      return { writable: response, addTrailers: ignore }
    },
    abort: () => socket.destroy(),
    onClose: listener => {
      socket.once('close', () => listener(isComplete))
    },
    isClosed: () => socket.destroyed,
  }
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

/** At once. Node's `flushHeaders` would write bytes beyond ASCII as UTF-8. */
function sendHead(response: ServerResponse, status: number, headers: readonly Header[]): void {
  response.writeHead(status, outgoingHeaders(headers))
  response.write(Buffer.alloc(0))
}

/** The event `close` follows, and is what counts. */
function ignore(): void {}
