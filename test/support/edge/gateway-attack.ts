/** Random bytes for every layer of the gateway. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { connect as connectTls } from 'node:tls'
import fc from 'fast-check'
import { expect } from 'vitest'
import { SEED } from '../property/replay.ts'
import { APP, type ServeStream, startGateway } from './gateway.ts'
import { ask, type GatewayAddress } from './gateway-client.ts'
import { askHttp2 } from './http2-client.ts'
import { responseHead } from './packed-headers.ts'

const PREFACE = Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0', 'latin1')

/** Answers in strange ways too. */
const strange: ServeStream = (stream, headers) => {
  const { length } = String(headers[':path'])
  stream.resume()
  if (length % 5 === 4) {
    stream.destroy(new Error('no'))
    return
  }
  stream.respond(length % 5 === 3 ? { ':status': 299, 'cf-cloudflared-response-headers': 'x:y:z' } : responseHead(200))
  stream.end('ok')
}

async function send({ host, port, ca }: GatewayAddress, bytes: Buffer, ALPNProtocols: string[] = []): Promise<void> {
  const options = { host, port, ca, servername: 'localhost', ALPNProtocols }
  const socket = ca === undefined ? connect(port, host) : connectTls(options)
  socket.on('error', () => {})
  socket.resume()
  socket.end(bytes)
  setTimeout(() => socket.destroy(), 100).unref()
  await once(socket, 'close')
}

/** A request with parts replaced by anything. */
const lines = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        'GET / HTTP/1.1',
        'POST /abc HTTP/1.1',
        `Host: ${APP}`,
        'Content-Length: 3',
        'Transfer-Encoding: chunked',
        'Connection: Upgrade',
        'Upgrade: websocket',
        'Expect: 100-continue',
        '',
        '3\r\nabc\r\n0\r\n',
      ),
      fc.string({ unit: 'binary-ascii', maxLength: 20 }),
    ),
    { maxLength: 12 },
  )
  .map(all => Buffer.from(['GET / HTTP/1.1', `Host: ${APP}`, ...all, ''].join('\r\n'), 'latin1'))

/** A frame of HTTP/2 with a length that is right. */
const frame = fc
  .record({ type: fc.nat(12), flags: fc.nat(255), id: fc.nat(7), payload: fc.uint8Array({ maxLength: 40 }) })
  .map(({ type, flags, id, payload }) =>
    Buffer.concat([Buffer.from([0, 0, payload.length, type, flags, 0, 0, 0, id]), payload]),
  )
const frames = fc.array(frame, { maxLength: 12 }).map(all => Buffer.concat([PREFACE, ...all]))
const bytes = fc.uint8Array({ maxLength: 200 }).map(all => Buffer.from(all))

/** Fails unless the gateway and its connection of cloudflared survive, and serve the next visitors. */
export async function attackGateway(numRuns: number): Promise<void> {
  const { plain, secure, registry } = await startGateway({ serve: strange, timeout_ms: 50 })
  const attack = fc.asyncProperty(lines, frames, bytes, async (request, http2, random) => {
    await Promise.all([
      send(plain, request),
      send(plain, random),
      send(plain, Buffer.concat([Buffer.from([0x16, 3, 1]), random])),
      send(secure, request, ['http/1.1']),
      send(secure, http2, ['h2']),
      send(secure, Buffer.concat([PREFACE, random]), ['h2']),
    ])
  })
  await fc.assert(attack, { numRuns, seed: SEED })
  expect(registry.all()).toHaveLength(1)
  expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 200 })
  expect(await ask(secure, { hostname: APP })).toMatchObject({ status: 200 })
  expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ status: 200 })
}
