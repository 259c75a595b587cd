/** Requests to a gateway over HTTP/2, for any hostname. */
import { once } from 'node:events'
import { type ClientHttp2Stream, connect, type IncomingHttpHeaders, type OutgoingHttpHeaders } from 'node:http2'
import { buffer } from 'node:stream/consumers'
import { connect as connectTls } from 'node:tls'
import { onTestFinished } from 'vitest'
import type { GatewayAddress } from './gateway-client.ts'

/** Starts a request on a connection of its own; its body is not ended. */
export function openHttp2({ host, port, ca }: GatewayAddress, headers: OutgoingHttpHeaders): ClientHttp2Stream {
  const servername = String(headers[':authority'] ?? 'localhost').replace(/:\d+$/, '')
  const session = connect(`https://${servername}`, {
    createConnection: () => connectTls({ host, port, ca, servername, ALPNProtocols: ['h2'] }),
  })
  session.on('error', () => {})
  onTestFinished(() => session.destroy())
  const stream = session.request({ ':method': 'GET', ':path': '/', ...headers }, { endStream: false })
  stream.once('close', () => session.close())
  return stream
}

/** Rejects if the stream ends before the whole response. */
export async function askHttp2(gateway: GatewayAddress, headers: OutgoingHttpHeaders, body?: string) {
  const stream = openHttp2(gateway, headers)
  let trailers: IncomingHttpHeaders = {}
  stream.on('trailers', sent => {
    trailers = sent
  })
  stream.end(body)
  const [head] = await once(stream, 'response')
  const text = (await buffer(stream)).toString()
  return { status: head[':status'], headers: head as IncomingHttpHeaders, trailers, text }
}
