/** The TLS port where cloudflared connects. */
import type { Server, Socket } from 'node:net'
import { versions } from 'node:process'
import { createServer, type TLSSocket } from 'node:tls'
import { authorityOf, bindServers } from '../http/bind.ts'
import type { Credential } from '../http/certificates.ts'

/** Our limit for the time until TLS is established. */
const HANDSHAKE_TIMEOUT_MS = 5_000

/** With this name, cloudflared only checks that it can connect, and disconnects. */
const PROBE = 'probe.cftunnel.com'

/** An older OpenSSL lacks all key exchanges that it offers then (client: edge_post_quantum). */
const POST_QUANTUM_HINT = `cloudflared with --post-quantum needs a server with OpenSSL 3.5, and this Node has ${versions.openssl}`

export interface EdgeListenerOptions {
  readonly host: string
  readonly port: number
  readonly credential: Credential
  /** Called for each connection with TLS, except probes. */
  readonly accept: (socket: TLSSocket) => void
  readonly warn: (line: string) => void
}

export interface EdgeListener {
  /** HOST:PORT. */
  readonly address: string
  /** Ends all connections at once. */
  readonly close: () => Promise<void>
}

/** Rejects with Node's error, such as EADDRINUSE. */
export async function openEdgeListener(options: EdgeListenerOptions): Promise<EdgeListener> {
  const { accept, warn, credential } = options
  /** The TCP connections, also those without TLS so far. */
  const transports = new Set<Socket>()

  const create = (): Server =>
    createServer({ ...credential, minVersion: 'TLSv1.2', handshakeTimeout: HANDSHAKE_TIMEOUT_MS })
      .on('connection', socket => {
        transports.add(socket)
        socket.once('close', () => transports.delete(socket))
      })
      .on('tlsClientError', (error, socket) => {
        const problem = handshakeProblem(error)
        if (problem !== undefined) warn(`edge: no TLS with ${socket.remoteAddress ?? 'a client'}: ${problem}`)
        socket.destroy()
      })
      .on('secureConnection', socket => {
        socket.setNoDelay(true)
        if (socket.servername === PROBE) waitForEnd(socket)
        else accept(socket)
      })

  const { servers, address } = await bindServers(create, server => server, options)
  return {
    address: authorityOf(address),
    close: async () => {
      const closed = servers.map(server => new Promise(resolve => server.close(resolve)))
      for (const socket of transports) socket.destroy()
      await Promise.all(closed)
    },
  }
}

/** A probe ends by itself, soon. */
function waitForEnd(socket: TLSSocket): void {
  socket.on('error', () => {})
  socket.setTimeout(HANDSHAKE_TIMEOUT_MS, () => socket.destroy())
}

/** Undefined if the client only disconnected, as those do that look whether the port is open. */
export function handshakeProblem(error: Error): string | undefined {
  const code = 'code' in error ? String(error.code) : error.message
  if (code === 'ECONNRESET') return undefined
  if (code.includes('ALERT')) return `${code}; does cloudflared have TUNNEL_CACERT?`
  return code.includes('KEY_SHARE') ? `${code}; ${POST_QUANTUM_HINT}` : code
}
