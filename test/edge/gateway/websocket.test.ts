/** Websockets of visitors, through a gateway and a connection of cloudflared. */
import { once } from 'node:events'
import { connect } from 'node:net'
import { describe, expect, it } from 'vitest'
import { APP, type ServeStream, startGateway } from '../../support/edge/gateway.ts'
import { ask } from '../../support/edge/gateway-client.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'
import { acceptOf, OPCODES, openWebsocket } from '../../support/edge/websocket.ts'

const UPGRADE = 'cf-cloudflared-proxy-connection-upgrade'

/** Agrees as cloudflared does, and sends every byte back: frames of a client stay masked. */
const echo: ServeStream = (stream, headers) => {
  stream.respond(
    responseHead(200, [
      ['Connection', 'Upgrade'],
      ['Upgrade', 'websocket'],
      ['Sec-Websocket-Accept', acceptOf(String(headers['sec-websocket-key']))],
      ['Sec-Websocket-Protocol', String(headers['sec-websocket-protocol'] ?? '').split(',')[0] ?? ''],
      ['X-Asked', String(headers[UPGRADE])],
    ]),
  )
  stream.pipe(stream)
}

describe('a websocket', { tags: ['edge_stream_kinds'] }, () => {
  it.each(['plain', 'secure'] as const)('of a visitor carries a message of 1 MiB, %s', async kind => {
    const gateway = await startGateway({ serve: echo })
    const websocket = await openWebsocket(gateway[kind], {
      hostname: APP,
      headers: { 'sec-websocket-protocol': 'chat, other' },
    })
    expect(websocket.isAccepted).toBe(true)
    expect(websocket.headers).toMatchObject({
      'sec-websocket-protocol': 'chat',
      'x-asked': 'websocket',
      'cf-ray': expect.stringMatching(/-LIS$/),
    })
    const message = Buffer.alloc(1024 * 1024, 'message')
    websocket.send(message)
    expect((await websocket.next()).payload.equals(message)).toBe(true)
    websocket.send('are you there', OPCODES.ping)
    expect(await websocket.next()).toMatchObject({ opcode: OPCODES.ping })
    websocket.socket.destroy()
  })

  it('that the origin refuses has its status, headers and body', async () => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(403, [['X-Why', 'closed']]))
      stream.end('no entry')
    }
    const { plain } = await startGateway({ serve })
    const headers = {
      connection: 'Upgrade',
      upgrade: 'websocket',
      'sec-websocket-key': 'a',
      'sec-websocket-version': '13',
    }
    expect(await ask(plain, { hostname: APP, headers })).toMatchObject({
      status: 403,
      text: 'no entry',
      headers: { 'x-why': 'closed', connection: 'close' },
    })
  })

  it('that leads to an origin without websockets has its 200', async () => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200))
      stream.end('a page')
    }
    const { plain } = await startGateway({ serve })
    await expect(openWebsocket(plain, { hostname: APP })).rejects.toThrow('no websocket: 200')
  })

  it.each([
    ['without a route', undefined, 'other.test', 530],
    ['whose origin is down', 502, APP, 502],
  ])('%s is refused', async (_what, status, hostname, expected) => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(status ?? 200, [], 'cloudflared'))
      stream.end()
    }
    const { plain } = await startGateway({ serve })
    await expect(openWebsocket(plain, { hostname })).rejects.toThrow(`no websocket: ${expected}`)
  })

  it('to a silent origin is 524', async () => {
    const { plain } = await startGateway({ serve: () => {}, timeout_ms: 50 })
    await expect(openWebsocket(plain, { hostname: APP })).rejects.toThrow('no websocket: 524')
  })

  it('of a visitor who leaves ends the stream', async () => {
    const closed = Promise.withResolvers<void>()
    const serve: ServeStream = (stream, headers) => {
      echo(stream, headers)
      stream.on('close', closed.resolve)
    }
    const { plain } = await startGateway({ serve })
    const websocket = await openWebsocket(plain, { hostname: APP })
    websocket.socket.destroy()
    await closed.promise
  })

  it('of an origin that leaves ends the connection', async () => {
    const serve: ServeStream = (stream, headers) => {
      echo(stream, headers)
      stream.once('data', () => stream.destroy(new Error('the origin died')))
    }
    const { plain } = await startGateway({ serve })
    const { socket, send } = await openWebsocket(plain, { hostname: APP })
    send('bye')
    await once(socket, 'close')
  })

  it('passes on what follows its request at once, and a half close', async () => {
    const { plain } = await startGateway({ serve: echo })
    const socket = connect(plain.port, plain.host)
    const head = ['GET / HTTP/1.1', `Host: ${APP}`, 'Connection: Upgrade', 'Upgrade: WebSocket', 'Sec-WebSocket-Key: a']
    socket.end(`${head.join('\r\n')}\r\n\r\nfirst bytes`)
    const received = (await socket.toArray()).join('')
    expect(received).toMatch(/^HTTP\/1\.1 101 Switching Protocols\r\n/)
    expect(received).toMatch(/\r\n\r\nfirst bytes$/)
  })
})

describe('an upgrade to something else', () => {
  it.each([
    ['h2c', 'GET'],
    ['websocket', 'POST'],
    ['tls/1.0', 'OPTIONS'],
  ])('such as %s with %s is an ordinary request', async (protocol, method) => {
    const serve: ServeStream = (stream, headers) => {
      stream.resume()
      stream.respond(responseHead(200))
      stream.end(`${headers[':method']} ${headers.upgrade} ${headers[UPGRADE]}`)
    }
    const { plain } = await startGateway({ serve })
    const headers = { connection: 'Upgrade, HTTP2-Settings', upgrade: protocol, 'http2-settings': 'AAMAAABk' }
    expect(await ask(plain, { hostname: APP, method, headers })).toMatchObject({
      status: 200,
      text: `${method} undefined undefined`,
    })
  })
})
