/**
 * A connector that sends what it gets to an origin, as cloudflared does. It has four connections:
 *
 *     node edge-connector.ts EDGE_PORT CA_FILE TOKEN ORIGIN_URL
 */
import { readFileSync } from 'node:fs'
import { Agent, type IncomingMessage, request } from 'node:http'
import { constants, type IncomingHttpHeaders, type ServerHttp2Stream } from 'node:http2'
import { argv, stdout } from 'node:process'
import { pipeline } from 'node:stream'
import { FakeConnector } from '../../test/support/edge/fake-connector.ts'
import { type HeaderPairs, responseHead } from '../../test/support/edge/packed-headers.ts'

const [, , port, caFile = '', token = '', origin = ''] = argv
const UPGRADE = 'cf-cloudflared-proxy-connection-upgrade'
const agent = new Agent({ keepAlive: true })

function serve(stream: ServerHttp2Stream, headers: IncomingHttpHeaders): void {
  const isWebsocket = headers[UPGRADE] === 'websocket'
  const sent = request(origin + headers[':path'], {
    method: headers[':method'],
    ...(!isWebsocket && { agent }),
    headers: { ...originHeaders(headers), ...(isWebsocket && { connection: 'Upgrade', upgrade: 'websocket' }) },
  })
  sent.once('error', () => stream.close(constants.NGHTTP2_INTERNAL_ERROR))
  sent.once('upgrade', (response, socket) => {
    stream.respond(headOf(response, 200))
    pipeline(stream, socket, stream, () => undefined)
  })
  sent.once('response', response => {
    stream.respond(headOf(response, response.statusCode ?? 502))
    pipeline(response, stream, () => undefined)
  })
  if (isWebsocket) sent.end()
  else pipeline(stream, sent, () => undefined)
}

function originHeaders(headers: IncomingHttpHeaders): IncomingHttpHeaders {
  return Object.fromEntries(
    Object.entries(headers).filter(([name]) => !name.startsWith(':') && !name.startsWith('cf-cloudflared-')),
  )
}

function headOf({ rawHeaders }: IncomingMessage, status: number) {
  const pairs = rawHeaders.flatMap(
    (name, index): HeaderPairs => (index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? '']] : []),
  )
  return responseHead(status, pairs)
}

const connector = new FakeConnector({ port: Number(port), ca: readFileSync(caFile, 'utf8'), token, onRequest: serve })
await connector.connectAll()
stdout.write(`${origin}\n`)
