/** Visitors who mean no good, or speak something else: clear refusals, and nothing throws. */
import { once } from 'node:events'
import { connect as connectHttp2, constants } from 'node:http2'
import { connect } from 'node:net'
import { text } from 'node:stream/consumers'
import { connect as connectTls, type TLSSocket } from 'node:tls'
import { describe, expect, it } from 'vitest'
import { APP, type ServeStream, startGateway } from '../../support/edge/gateway.ts'
import { attackGateway } from '../../support/edge/gateway-attack.ts'
import { ask, type GatewayAddress } from '../../support/edge/gateway-client.ts'
import { askHttp2, openHttp2 } from '../../support/edge/http2-client.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'

/** Answers with the headers that arrived; `requests` has those. */
function startEcho() {
  const requests: object[] = []
  const serve: ServeStream = async (stream, headers) => {
    requests.push(headers)
    const body = await text(stream)
    stream.respond(responseHead(200))
    stream.end(JSON.stringify({ ...headers, body }))
  }
  return startGateway({ serve }).then(gateway => ({ ...gateway, requests }))
}

/** Everything that comes back for some bytes, until the gateway closes the connection. */
async function send({ host, port, ca }: GatewayAddress, ...parts: (string | Buffer)[]): Promise<string> {
  const socket = ca === undefined ? connect(port, host) : connectTls({ host, port, ca, servername: 'localhost' })
  socket.on('error', () => {})
  for (const part of parts) socket.write(part)
  return text(socket)
}

function requestLines(...lines: string[]): string {
  return `${lines.join('\r\n')}\r\n\r\n`
}

const HOST = `Host: ${APP}`

describe('a malformed request', () => {
  it.each([
    ['with two lengths', ['POST / HTTP/1.1', HOST, 'Content-Length: 1', 'Content-Length: 2'], 400],
    ['with a length and chunks', ['POST / HTTP/1.1', HOST, 'Content-Length: 5', 'Transfer-Encoding: chunked'], 400],
    ['with an unknown encoding', ['POST / HTTP/1.1', HOST, 'Transfer-Encoding: chunked, xchunked'], 400],
    ['with a space after a name', ['GET / HTTP/1.1', HOST, 'Transfer-Encoding : chunked'], 400],
    ['with a negative length', ['POST / HTTP/1.1', HOST, 'Content-Length: -1'], 400],
    ['with a bare line feed', [`GET / HTTP/1.1\n${HOST}`], 400],
    ['with a byte 0 in a value', ['GET / HTTP/1.1', HOST, 'X: a\0b'], 400],
    ['without a host', ['GET / HTTP/1.1', 'Connection: close'], 400],
    ['with two hosts', ['GET / HTTP/1.1', HOST, 'Host: other.test', 'Connection: close'], 400],
    ['with one host twice', ['GET / HTTP/1.1', HOST, HOST, 'Connection: close'], 400],
    ['with an empty host', ['GET / HTTP/1.1', 'Host:', 'Connection: close'], 400],
    ['with a path in its host', ['GET / HTTP/1.1', 'Host: app.example.com/x', 'Connection: close'], 400],
    ['with a user in its host', ['GET / HTTP/1.1', 'Host: a@app.example.com', 'Connection: close'], 400],
    ['with a host beyond ASCII', ['GET / HTTP/1.1', 'Host: b\u00fccher.example', 'Connection: close'], 400],
    ['with an endless host', ['GET / HTTP/1.1', `Host: ${'a.'.repeat(2000)}test`, 'Connection: close'], 400],
    ['for a whole URL', ['GET http://app.example.com/ HTTP/1.1', HOST, 'Connection: close'], 400],
    ['for *', ['OPTIONS * HTTP/1.1', HOST, 'Connection: close'], 400],
    ['to connect', [`CONNECT ${APP}:443 HTTP/1.1`, HOST], 405],
    ['of another protocol', ['SSH-2.0-OpenSSH_9.6'], 400],
    ['of HTTP/2 without TLS', ['PRI * HTTP/2.0\r\n\r\nSM'], 400],
    ['of HTTP/0.9', ['GET /'], 400],
    ['with a head of 32 KiB', ['GET / HTTP/1.1', HOST, `X: ${'x'.repeat(32_768)}`], 431],
  ])('%s is refused, and its connection closed', async (_what, lines, status) => {
    const { plain, secure, requests } = await startEcho()
    for (const address of [plain, secure]) {
      const response = await send(address, requestLines(...lines))
      expect(response).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
      expect(response).toMatch(/\r\n\r\nmockflared gateway: .+\n$/)
    }
    expect(requests).toEqual([])
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 200 })
  })

  it('does not smuggle another one', async () => {
    const { plain, requests } = await startEcho()
    const smuggled = requestLines('GET /admin HTTP/1.1', HOST)
    await send(plain, requestLines('POST / HTTP/1.1', HOST, 'Host: x.test', `Content-Length: 0`), smuggled)
    expect(requests).toEqual([])
  })

  it('says in words what is wrong', async () => {
    const { plain } = await startEcho()
    expect(await send(plain, 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n')).toContain('HTTP/2 is only spoken over TLS: use https')
    expect(await send(plain, requestLines('GET / HTTP/1.1', 'Connection: close'))).toContain('has no Host header')
  })
})

describe('a malformed request over HTTP/2', () => {
  it.each([
    ['to connect', { ':method': 'CONNECT', ':authority': APP, ':path': undefined, ':scheme': undefined }, 405],
    ['with a bad host', { ':authority': 'app!.example.com' }, 400],
    ['with two hosts', { ':authority': APP, host: 'other.test' }, 400],
  ])('%s is refused', async (_what, headers, status) => {
    const { secure, requests } = await startEcho()
    const session = connectHttp2(`https://127.0.0.1:${secure.port}`, { ca: secure.ca })
    const stream = session.request(headers)
    const [head] = await once(stream, 'response')
    expect(head[':status']).toBe(status)
    expect(await text(stream)).toMatch(/^mockflared gateway: .+\n$/)
    expect(requests).toEqual([])
    session.destroy()
  })

  it('with more headers than Node allows ends its stream only', async () => {
    const { secure, requests } = await startEcho()
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, nth) => [`x-${nth}`, 'x'.repeat(200)]))
    await expect(askHttp2(secure, { ':authority': APP, ...many })).rejects.toThrow()
    expect(requests).toEqual([])
    expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ status: 200 })
  })

  it('that stops in the middle harms nobody', async () => {
    const { secure } = await startEcho()
    const bytes = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\xff\x01\x05garbage'
    const options = {
      host: secure.host,
      port: secure.port,
      ca: secure.ca,
      servername: 'localhost',
      ALPNProtocols: ['h2'],
    }
    const socket: TLSSocket = connectTls(options)
    socket.on('error', () => {})
    socket.end(Buffer.from(bytes, 'latin1'))
    socket.resume()
    await once(socket, 'close')
    expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ status: 200 })
  })
})

describe('a connection', () => {
  it('that breaks off in TLS or sends nothing harms nobody', async () => {
    const { plain, secure } = await startEcho()
    for (const bytes of [Buffer.from([0x16]), Buffer.from([0x16, 3, 1, 0, 5, 1, 2, 3, 4, 5]), Buffer.alloc(0)]) {
      const socket = connect(plain.port, plain.host)
      socket.on('error', () => {})
      socket.end(bytes)
      socket.resume()
      await once(socket, 'close')
    }
    expect(await ask(secure, { hostname: APP })).toMatchObject({ status: 200 })
  })

  it('with a pipelined upgrade is closed rather than answered out of turn', async () => {
    const { plain } = await startGateway({ serve: stream => stream.resume(), timeout_ms: 200 })
    const upgrade = requestLines(
      'GET / HTTP/1.1',
      HOST,
      'Connection: Upgrade',
      'Upgrade: websocket',
      'Sec-WebSocket-Key: a',
    )
    expect(await send(plain, requestLines('GET /first HTTP/1.1', HOST), upgrade)).toBe('')
  })

  it('is ended by the end of the gateway, at once', async () => {
    const { plain, gateway, secure } = await startGateway({ serve: () => {} })
    const waiting = [plain, secure].map(address => ask(address, { hostname: APP }))
    const outcome = Promise.allSettled(waiting)
    const idle = connect(plain.port, plain.host)
    idle.on('error', () => {})
    await once(idle, 'connect')
    const start = performance.now()
    await gateway.close()
    expect(performance.now() - start).toBeLessThan(1_000)
    expect((await outcome).map(({ status }) => status)).toEqual(['rejected', 'rejected'])
  })
})

describe('a request that goes round in circles', () => {
  it('is refused after 16 turns', async () => {
    const { plain } = await startEcho()
    const turn = (loops: number) => ask(plain, { hostname: APP, headers: { 'cdn-loop': `cloudflare; loops=${loops}` } })
    expect(JSON.parse((await turn(15)).text)['cdn-loop']).toBe('cloudflare; loops=16')
    expect(await turn(16)).toMatchObject({ status: 508 })
  })
})

describe('an upload that is cut', () => {
  it.each(['plain', 'secure', 'http2'] as const)('does not reach the origin as if it were whole, %s', async kind => {
    const seen = Promise.withResolvers<string>()
    const begun = Promise.withResolvers<void>()
    const serve: ServeStream = stream => {
      stream.on('data', () => begun.resolve())
      stream.on('close', () => seen.resolve(stream.rstCode === constants.NGHTTP2_NO_ERROR ? 'whole' : 'cut'))
    }
    const gateway = await startGateway({ serve })
    if (kind === 'http2') {
      const stream = openHttp2(gateway.secure, { ':authority': APP, ':method': 'POST' })
      stream.on('error', () => {})
      stream.write('part')
      await begun.promise
      stream.destroy(new Error('gone'))
    } else {
      const { host, port, ca } = gateway[kind]
      const socket = ca === undefined ? connect(port, host) : connectTls({ host, port, ca, servername: 'localhost' })
      socket.on('error', () => {})
      socket.write(`${requestLines('POST / HTTP/1.1', HOST, 'Content-Length: 100')}part`)
      await begun.promise
      socket.destroy()
    }
    expect(await seen.promise).toBe('cut')
  })
})

describe('random bytes', () => {
  it('end neither the gateway nor a connection of cloudflared', async () => {
    await attackGateway(60)
  })
})
