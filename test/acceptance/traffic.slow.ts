/** What gets through: gateway, edge, cloudflared, origin, and back. */
import { once } from 'node:events'
import { connect as connectHttp2 } from 'node:http2'
import { connect } from 'node:net'
import { checkServerIdentity } from 'node:tls'
import { describe, expect } from 'vitest'
import { createAuthority, issueCertificate } from '../../src/http/certificates.ts'
import { check, within } from '../support/edge/check.ts'
import { ask, openRequest, requestOf } from '../support/edge/gateway-client.ts'
import { bytesOf, digestOf, startGrpcOrigin, startTcpEcho } from '../support/edge/origin.ts'
import { freePort } from '../support/edge/process.ts'
import { startServing } from '../support/edge/serving.ts'
import { openStage } from '../support/edge/stage.ts'
import { OPCODES, openWebsocket } from '../support/edge/websocket.ts'

const MEBIBYTE = 1024 * 1024
const SIZE = 64 * MEBIBYTE
const SHOP = 'shop.example.com'

/** One cloudflared for all of this file: no check disturbs another. */
// biome-ignore lint/correctness/noEmptyPattern: vitest reads from the pattern that it depends on nothing.
const traffic = check.extend('serving', { scope: 'file' }, async ({}, { onCleanup }) => {
  const stage = openStage()
  onCleanup(() => stage.close())
  const now = new Date()
  const grpc = stage.use(await startGrpcOrigin(await issueCertificate(await createAuthority(now), ['127.0.0.1'], now)))
  const tcp = stage.use(await startTcpEcho())
  const serving = await startServing(
    stage,
    [],
    [
      { hostname: 'grpc.example.com', service: grpc.url, originRequest: { http2Origin: true, noTLSVerify: true } },
      { hostname: 'tcp.example.com', service: tcp.url },
    ],
  )
  return { ...serving, stage, grpc }
})

describe('traffic', { concurrent: false }, () => {
  traffic('17a carries 64 MiB up and down', async ({ serving: { server, origin }, saw }) => {
    const expected = digestOf(bytesOf(SIZE))
    for (const [name, headers] of [
      ['with length', { 'content-length': String(SIZE) }],
      ['chunked', {}],
    ] as const) {
      const start = performance.now()
      const sent = requestOf(server.gateway, { hostname: SHOP, path: '/sum', method: 'POST', headers })
      const answered = once(sent, 'response')
      for (const chunk of bytesOf(SIZE)) if (!sent.write(chunk)) await once(sent, 'drain')
      sent.end()
      const [response] = await answered
      const received = JSON.parse(Buffer.concat(await response.toArray()).toString())
      expect(received).toMatchObject({ bytes: SIZE, sha256: expected })
      saw(`up ${name} ${Math.round(performance.now() - start)} ms`)
    }
    const start = performance.now()
    const { body } = await ask(server.gateway, { hostname: SHOP, path: `/bytes?size=${SIZE}` })
    expect(digestOf([body])).toBe(expected)
    saw(`down ${Math.round(performance.now() - start)} ms, sha256 equal`)
    expect(origin.requests).toContain('GET /bytes')
  })

  traffic('17b passes server-sent events on at once', async ({ serving: { server }, saw }) => {
    const response = await openRequest(server.gateway, { hostname: SHOP, path: '/sse?events=10&every_ms=100' })
    const delays: number[] = []
    for await (const chunk of response) {
      const received_at = Date.now()
      for (const [, data = ''] of String(chunk).matchAll(/data: (.*)\n/g)) {
        delays.push(received_at - JSON.parse(data).sent_at)
      }
    }
    expect(delays).toHaveLength(10)
    expect(Math.max(...delays)).toBeLessThanOrEqual(50)
    saw(`10 events, each at most ${Math.max(...delays)} ms after the origin sent it`)
  })

  traffic('17c carries trailers, HEAD, 204, 304 and two cookies', async ({ serving: { server }, saw }) => {
    const get = (path: string, method = 'GET') => ask(server.gateway, { hostname: SHOP, path, method })
    expect(await get('/trailers')).toMatchObject({ text: 'body', trailers: { 'x-checksum': 'abc123' } })
    const head = await get('/bytes?size=1234', 'HEAD')
    expect(head).toMatchObject({ status: 200, headers: { 'content-length': '1234' } })
    expect(head.body).toHaveLength(0)
    expect(await get('/not-modified')).toMatchObject({ status: 304, headers: { etag: '"v1"' }, text: '' })
    expect(await get('/empty')).toMatchObject({ status: 204, text: '' })
    expect((await get('/cookies')).headers['set-cookie']).toEqual(['a=1; Path=/', 'b=2; Path=/'])
    saw('trailer x-checksum, HEAD with its length, 204, 304 with etag, both cookies')
  })

  traffic('17d echoes a websocket message of 1 MiB', async ({ serving: { server }, saw }) => {
    for (const gateway of [server.gateway, server.secureGateway]) {
      const headers = { 'sec-websocket-protocol': 'chat, other' }
      const websocket = await openWebsocket(gateway, { hostname: SHOP, path: '/socket', headers })
      expect(websocket.headers['sec-websocket-protocol']).toBe('chat')
      expect(websocket.isAccepted).toBe(true)

      const message = Buffer.concat([...bytesOf(MEBIBYTE)])
      websocket.send(message)
      expect((await websocket.next()).payload.equals(message)).toBe(true)
      websocket.send('are you there', OPCODES.ping)
      expect(await websocket.next()).toMatchObject({ opcode: OPCODES.pong })

      const start = performance.now()
      for (let trip = 0; trip < 200; trip++) {
        websocket.send('ping', OPCODES.text)
        await websocket.next()
      }
      saw(
        `${gateway.ca ? 'TLS' : 'plain'}: 1 MiB, subprotocol, ping; round trip ${((performance.now() - start) / 200).toFixed(2)} ms`,
      )
      websocket.socket.destroy()
    }
  })

  traffic('17e passes gRPC messages on one by one', async ({ serving: { server, grpc }, saw }) => {
    const { host, port, ca } = server.secureGateway
    const session = connectHttp2(`https://${host}:${port}`, {
      ca,
      servername: 'grpc.example.com',
      checkServerIdentity: (_host, certificate) => checkServerIdentity('grpc.example.com', certificate),
    })
    const stream = session.request({
      ':method': 'POST',
      ':path': '/echo.Echo/Talk',
      ':authority': 'grpc.example.com',
      'content-type': 'application/grpc',
      te: 'trailers',
    })
    const messages: Buffer[] = []
    stream.on('data', chunk => messages.push(chunk))
    for (const [index, text] of ['one', 'two', 'three'].entries()) {
      stream.write(Buffer.from(text))
      await within(5_000, () => expect(Buffer.concat(messages).toString().endsWith(text)).toBe(true))
      expect(messages).toHaveLength(index + 1)
    }
    const trailers = once(stream, 'trailers')
    stream.end()
    expect((await trailers)[0]).toMatchObject({ 'grpc-status': '0', 'grpc-message': 'ok' })
    await new Promise<void>(resolve => session.close(resolve))
    expect(grpc.requests).toEqual(['POST /echo.Echo/Talk'])
    saw('3 messages echoed one by one over HTTP/2, trailers grpc-status 0')
  })

  traffic('17f carries 8 MiB over `access tcp`', async ({ serving: { server, stage }, saw }) => {
    const port = await freePort()
    const { host, port: gatewayPort } = server.gateway
    const access = stage.cloudflared({ SSL_CERT_FILE: server.caFile }, [
      ...['access', 'tcp', '--hostname', 'tcp.example.com', '--url', `127.0.0.1:${port}`],
      ...['--connect-to', `${host}:${gatewayPort}`],
    ])
    await access.printed(/Start Websocket listener/, 10_000)
    const socket = connect(port, '127.0.0.1')
    await once(socket, 'connect')
    const start = performance.now()
    const size = 8 * MEBIBYTE
    const received: Buffer[] = []
    socket.on('data', chunk => received.push(chunk))
    for (const chunk of bytesOf(size)) if (!socket.write(chunk)) await once(socket, 'drain')
    await within(30_000, () => expect(received.reduce((sum, { length }) => sum + length, 0)).toBe(size))
    expect(digestOf(received)).toBe(digestOf(bytesOf(size)))
    saw(`8 MiB echoed in ${Math.round(performance.now() - start)} ms through the TLS gateway`)
    socket.destroy()
  })

  traffic('18 lets no visitor push a configuration', async ({ serving: { server, tunnel, cloudflared }, saw }) => {
    const before = await cloudflared.config()
    const config = { ingress: [{ service: 'http_status:418' }] }
    for (const upgrade of ['update-configuration', 'control-stream', 'websocket']) {
      const response = await ask(server.gateway, {
        hostname: SHOP,
        path: '/echo',
        method: 'PUT',
        headers: {
          'cf-cloudflared-proxy-connection-upgrade': upgrade,
          'cf-cloudflared-proxy-src': '10.0.0.1',
          'cf-int-anything': 'x',
          'cf-proxy-anything': 'x',
        },
        body: JSON.stringify({ version: 99, config }),
      })
      expect(response.status).toBe(200)
      const { method, headers } = JSON.parse(response.text)
      expect(method).toBe('PUT')
      expect(Object.keys(headers).filter(name => /^cf-(cloudflared|int|proxy)-/.test(name))).toEqual([])
    }
    expect(await cloudflared.config()).toEqual(before)
    expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(1)
    saw('reaches the origin as an ordinary PUT without the headers; configuration unchanged')
  })
})
