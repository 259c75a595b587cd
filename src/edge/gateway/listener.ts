/** One port for HTTP/1.1, and for HTTP/1.1 and HTTP/2 over TLS. */
import { createServer, type Server, type Socket } from 'node:net'
import { createServer as createTlsServer, type TLSSocket, type Server as TlsServer } from 'node:tls'
import { authorityOf, bindServers } from '../../http/bind.ts'
import { createHttp1Server } from './http1.ts'
import { serveHttp2 } from './http2.ts'
import type { LeafCertificates } from './leaf-certificates.ts'
import type { Visit } from './visit.ts'

/** The first byte of a TLS handshake. A request of HTTP/1.1 begins with a letter. */
const TLS_HANDSHAKE = 0x16
/** Our limit for a client that connects and sends nothing, and for a TLS handshake. */
const SILENT_MS = 30_000

export interface ListenOptions {
  readonly host: string
  /** 0: any free port. */
  readonly port: number
  readonly certificates: LeafCertificates
  readonly onVisit: (visit: Visit) => void
}

export interface GatewayListener {
  /** HOST:PORT */
  readonly authority: string
  /** Ends all connections at once. */
  readonly close: () => Promise<void>
}

/** Rejects with Node's error, such as EADDRINUSE. */
export async function openListener({ certificates, onVisit, ...where }: ListenOptions): Promise<GatewayListener> {
  const sockets = new Set<Socket>()
  const http1 = createHttp1Server(onVisit)
  const secure = createSecureServer(certificates, socket => {
    if (socket.alpnProtocol === 'h2') serveHttp2(socket, onVisit)
    else http1.emit('connection', socket)
  })
  const accept = (socket: Socket): void => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
    byFirstByte(socket, first => {
      if (first === TLS_HANDSHAKE) {
        // Otherwise a handshake would wait for a client that has left.
        socket.allowHalfOpen = false
        secure.emit('connection', socket)
      } else {
        http1.emit('connection', socket)
        socket.resume()
      }
    })
  }

  const { servers, address } = await bindServers(
    () => createServer({ allowHalfOpen: true, noDelay: true }, accept),
    server => server,
    where,
  )
  return {
    authority: authorityOf(address),
    close: async () => {
      const closed = servers.map(closeServer)
      for (const socket of sockets) socket.destroy()
      http1.close()
      await Promise.all(closed)
    },
  }
}

/** It does not listen either. */
function createSecureServer(
  { byDefault, contextFor }: LeafCertificates,
  onSecure: (socket: TLSSocket) => void,
): TlsServer {
  const server = createTlsServer({
    ...byDefault,
    ALPNProtocols: ['h2', 'http/1.1'],
    handshakeTimeout: SILENT_MS,
    SNICallback: (hostname, callback) => {
      contextFor(hostname).then(context => callback(null, context), callback)
    },
  })
  server.on('secureConnection', onSecure)
  server.on('tlsClientError', (_error, socket) => socket.destroy())
  return server
}

/** Reads the first byte, and puts it back for the server that takes the connection. */
function byFirstByte(socket: Socket, decide: (first: number) => void): void {
  const onSilent = (): void => {
    socket.destroy()
  }
  const onError = (): void => {}
  socket.on('error', onError)
  socket.setTimeout(SILENT_MS, onSilent)
  socket.once('end', onSilent)
  socket.once('data', (bytes: Buffer) => {
    socket.pause()
    socket.off('end', onSilent)
    socket.setTimeout(0, onSilent)
    socket.unshift(bytes)
    decide(bytes[0] ?? 0)
  })
}

function closeServer(server: Server): Promise<void> {
  return new Promise(resolve => server.close(() => resolve()))
}
