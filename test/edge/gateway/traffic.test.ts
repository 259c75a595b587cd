/** Requests of visitors, through a gateway and a connection of cloudflared, and back. */
import { once } from 'node:events'
import { constants, type ServerHttp2Stream } from 'node:http2'
import type { Socket } from 'node:net'
import { Readable } from 'node:stream'
import { text } from 'node:stream/consumers'
import { describe, expect, it } from 'vitest'
import { APP, addConnection, type ServeStream, startGateway } from '../../support/edge/gateway.ts'
import { ask, openRequest, requestOf } from '../../support/edge/gateway-client.ts'
import { askHttp2, openHttp2 } from '../../support/edge/http2-client.ts'
import { bytesOf, digestOf } from '../../support/edge/origin.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'

const MEBIBYTE = 1024 * 1024

const hello: ServeStream = stream => {
  stream.respond(responseHead(200, [['Content-Type', 'text/plain']]))
  stream.end('hello')
}

/** Answers with what arrived. */
const echo: ServeStream = async (stream, headers) => {
  const body = await text(stream)
  stream.respond(responseHead(200))
  stream.end(JSON.stringify({ ...headers, body }))
}

describe('a request', () => {
  it.each(['plain', 'secure'] as const)('over HTTP/1.1, %s, reaches the origin and has its response', async kind => {
    const gateway = await startGateway({ serve: echo })
    const address = gateway[kind]
    const { status, text } = await ask(address, { hostname: APP, path: '/a?b=c', method: 'PUT', body: 'text' })

    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({
      ':method': 'PUT',
      ':path': '/a?b=c',
      ':authority': APP,
      ':scheme': kind === 'plain' ? 'http' : 'https',
      'x-forwarded-for': '127.0.0.1',
      'content-length': '4',
      body: 'text',
    })
  })

  it('over HTTP/2 reaches the origin and has its response', async () => {
    const { secure } = await startGateway({ serve: echo })
    const { status, text } = await askHttp2(secure, { ':authority': APP, ':method': 'POST', ':path': '/a' }, 'text')

    expect(status).toBe(200)
    expect(JSON.parse(text)).toMatchObject({ ':method': 'POST', ':path': '/a', ':authority': APP, body: 'text' })
  })

  it('for the port of the gateway names the host without it', async () => {
    const { plain } = await startGateway({ serve: echo })
    const { text } = await ask(plain, { hostname: `APP.example.com:${plain.port}` })
    expect(JSON.parse(text)[':authority']).toBe(APP)
  })

  it('with a ray has the same one in its response', { tags: ['edge_ray'] }, async () => {
    const { plain } = await startGateway({ serve: echo })
    const { headers, text } = await ask(plain, { hostname: APP })
    expect(headers['cf-ray']).toMatch(/^[\da-f]{16}-LIS$/)
    expect(JSON.parse(text)['cf-ray']).toBe(headers['cf-ray'])
  })

  it('goes to the connections of a tunnel in turn', async () => {
    const { plain, registry } = await startGateway({ serve: hello })
    await addConnection(registry, stream => {
      stream.respond(responseHead(200))
      stream.end('other')
    })
    const bodies = [await ask(plain, { hostname: APP }), await ask(plain, { hostname: APP })].map(({ text }) => text)
    expect(bodies.toSorted()).toEqual(['hello', 'other'])
  })

  it('goes to another connection if one has just ended', async () => {
    const { plain, registry, connection } = await startGateway({ serve: hello })
    await addConnection(registry, hello)
    for (const _ of [1, 2]) await ask(plain, { hostname: APP })
    connection?.session.destroy()
    for (const _ of [1, 2]) expect((await ask(plain, { hostname: APP })).status).toBe(200)
  })

  it('that expects 100-continue is told to go on, over HTTP/1.1 and HTTP/2', async () => {
    const { plain, secure } = await startGateway({ serve: echo })
    const sent = requestOf(plain, { hostname: APP, method: 'POST', headers: { expect: '100-continue' } })
    sent.flushHeaders()
    await once(sent, 'continue')
    sent.end('later')
    const [response] = await once(sent, 'response')
    const arrived = JSON.parse(await text(response))
    expect(arrived.body).toBe('later')
    expect(arrived).not.toHaveProperty('expect')

    const stream = openHttp2(secure, { ':authority': APP, ':method': 'POST', ':path': '/', expect: '100-continue' })
    await once(stream, 'continue')
    stream.end()
    expect((await once(stream, 'response'))[0][':status']).toBe(200)
  })
})

describe('a response', () => {
  const serving = (status: number, pairs: [string, string][], body = ''): ServeStream => {
    return stream => {
      stream.respond(responseHead(status, pairs))
      stream.end(body)
    }
  }

  it('keeps repeated headers, their bytes and their names', { tags: ['edge_packed_headers'] }, async () => {
    const { plain, secure } = await startGateway({
      serve: serving(200, [
        ['Set-Cookie', 'a=1'],
        ['Set-Cookie', 'b=2'],
        ['X-Latin', 'gr\u00fc\u00df'],
      ]),
    })
    const response = await openRequest(plain, { hostname: APP })
    expect(response.headers['set-cookie']).toEqual(['a=1', 'b=2'])
    expect(response.headers['x-latin']).toBe('gr\u00fc\u00df')
    expect(response.rawHeaders).toContain('X-Latin')
    expect((await askHttp2(secure, { ':authority': APP })).headers['set-cookie']).toEqual(['a=1', 'b=2'])
  })

  it('to HEAD has the length and no body', async () => {
    const { plain, secure } = await startGateway({ serve: serving(200, [['Content-Length', '1234']]) })
    expect(await ask(plain, { hostname: APP, method: 'HEAD' })).toMatchObject({
      status: 200,
      headers: { 'content-length': '1234' },
      text: '',
    })
    expect(await askHttp2(secure, { ':authority': APP, ':method': 'HEAD' })).toMatchObject({
      headers: { 'content-length': '1234' },
      text: '',
    })
  })

  it.each([204, 304])('with status %i has no body', async status => {
    const { plain, secure } = await startGateway({ serve: serving(status, [['ETag', '"v1"']]) })
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status, headers: { etag: '"v1"' }, text: '' })
    expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ status, text: '' })
  })

  it('has its trailers, over HTTP/1.1 and HTTP/2', async () => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200), { waitForTrailers: true })
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0', 'x-sum': 'abc' }))
      stream.end('body')
    }
    const { plain, secure } = await startGateway({ serve })
    const trailers = { 'grpc-status': '0', 'x-sum': 'abc' }
    expect(await ask(plain, { hostname: APP })).toMatchObject({ text: 'body', trailers })
    expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ text: 'body', trailers })
  })

  it.each(['plain', 'secure'] as const)('of events arrives event by event, %s', async kind => {
    let send: (event: string) => void = () => {}
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200, [['Content-Type', 'text/event-stream']]))
      send = event => stream.write(event)
    }
    const gateway = await startGateway({ serve })
    const response = await openRequest(gateway[kind], { hostname: APP })
    for (const event of ['data: 1\n\n', 'data: 2\n\n']) {
      send(event)
      expect(String((await once(response, 'data'))[0])).toBe(event)
    }
    response.destroy()
  })

  it('that HTTP forbids becomes 502', async () => {
    const { plain, secure } = await startGateway({ serve: serving(200, [['X-Split', 'a\r\nX-Injected: b']]) })
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 502, text: 'error code: 502' })
    expect(await askHttp2(secure, { ':authority': APP })).toMatchObject({ status: 502 })
  })

  it('whose packed headers cannot be read becomes 502', async () => {
    const serve: ServeStream = stream => {
      stream.respond({ ':status': 200, 'cf-cloudflared-response-headers': '###' })
      stream.end()
    }
    const { plain } = await startGateway({ serve })
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 502 })
  })
})

describe('16 MiB', () => {
  const SIZE = 16 * MEBIBYTE

  it.each(['plain', 'secure'] as const)('go up and come back unchanged, %s', async kind => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200))
      stream.pipe(stream)
    }
    const gateway = await startGateway({ serve })
    const sent = requestOf(gateway[kind], { hostname: APP, method: 'POST' })
    const answered = once(sent, 'response')
    const upload = (async () => {
      for (const chunk of bytesOf(SIZE)) if (!sent.write(chunk)) await once(sent, 'drain')
      sent.end()
    })()
    const [response] = await answered
    const received: Buffer[] = await response.toArray()
    await upload
    expect(digestOf(received)).toBe(digestOf(bytesOf(SIZE)))
  })

  it('stay with an origin whose visitor does not read', async () => {
    let sent = 0
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200))
      const chunks = Readable.from(bytesOf(SIZE)).on('data', chunk => (sent += chunk.length))
      chunks.pipe(stream)
    }
    const { plain } = await startGateway({ serve })
    const response = await openRequest(plain, { hostname: APP })
    response.pause()
    await settled(() => sent)
    expect(sent).toBeLessThan(SIZE / 2)
    response.destroy()
  })
})

describe('a stream in both directions over HTTP/2', () => {
  it('passes messages one by one, and ends with trailers', async () => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200, [['Content-Type', 'application/grpc']]), { waitForTrailers: true })
      stream.once('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }))
      stream.on('data', chunk => stream.write(`echo ${chunk}`))
      stream.on('end', () => stream.end())
    }
    const { secure } = await startGateway({ serve })
    const head = { ':authority': APP, ':method': 'POST', ':path': '/x', te: 'trailers' }
    const stream = openHttp2(secure, head)
    for (const message of ['one', 'two', 'three']) {
      stream.write(message)
      expect(String((await once(stream, 'data'))[0])).toBe(`echo ${message}`)
    }
    const trailers = once(stream, 'trailers')
    stream.end()
    expect((await trailers)[0]).toMatchObject({ 'grpc-status': '0' })
  })
})

describe('a failure', () => {
  it('of cloudflared to reach the origin is 502', { tags: ['edge_bad_gateway'] }, async () => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(502, [], 'cloudflared'))
      stream.end()
    }
    const { plain } = await startGateway({ serve })
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 502, text: 'error code: 502' })
  })

  it('of cloudflared, which has too many flows, is 503', async () => {
    const meta = '{"src":"cloudflared","flow_rate_limited":true}'
    const serve: ServeStream = stream => {
      stream.respond({ ':status': 502, 'cf-cloudflared-response-meta': meta })
      stream.end()
    }
    const { plain } = await startGateway({ serve })
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 503, text: 'error code: 503' })
  })

  it.each([
    ['ends', (stream: ServerHttp2Stream) => stream.session?.destroy()],
    ['breaks', (stream: ServerHttp2Stream) => void (stream.session?.socket as Socket | undefined)?.resetAndDestroy()],
  ])(
    'of a connection that %s before the head sends a request again that changes nothing',
    { tags: ['edge_sent_again'] },
    async (_what, end) => {
      const { plain, registry } = await startGateway({ serve: hello })
      await addConnection(registry, end)
      const statuses = []
      for (const method of ['GET', 'HEAD', 'OPTIONS'])
        statuses.push((await ask(plain, { hostname: APP, method })).status)
      expect(statuses).toEqual([200, 200, 200])
    },
  )

  it('of two connections before the head is 502', { tags: ['edge_sent_again'] }, async () => {
    let asked = 0
    const die: ServeStream = stream => {
      asked++
      stream.session?.destroy()
    }
    const { plain, registry } = await startGateway({ serve: die })
    for (const _ of [1, 2]) await addConnection(registry, die)
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 502 })
    expect(asked).toBe(2)
  })

  it.each([
    ['the stream', (stream: ServerHttp2Stream) => stream.destroy(new Error('the origin died'))],
    ['the session', (stream: ServerHttp2Stream) => stream.session?.destroy()],
  ])('of %s before the head is 502', async (_what, end) => {
    const { plain } = await startGateway({ serve: end })
    expect(await ask(plain, { hostname: APP, method: 'POST', body: 'x' })).toMatchObject({ status: 502 })
    expect(await ask((await startGateway({ serve: end })).plain, { hostname: APP })).toMatchObject({ status: 502 })
  })

  it.each([
    ['the stream', (stream: ServerHttp2Stream) => stream.destroy(new Error('the origin died'))],
    ['the session', (stream: ServerHttp2Stream) => stream.session?.destroy()],
  ])('of %s after the head never ends the body as if it were whole', async (_what, end) => {
    const serve: ServeStream = stream => {
      stream.respond(responseHead(200))
      stream.write('part', () => setImmediate(end, stream))
    }
    await expect(ask((await startGateway({ serve })).plain, { hostname: APP })).rejects.toThrow()
    await expect(askHttp2((await startGateway({ serve })).secure, { ':authority': APP })).rejects.toThrow()
  })

  it('to answer in time is 524, and cancels the stream', { tags: ['edge_origin_timeout'] }, async () => {
    const { plain, closed } = await startSilent()
    expect(await ask(plain, { hostname: APP })).toMatchObject({ status: 524, text: 'error code: 524' })
    expect(await closed).toBe(constants.NGHTTP2_CANCEL)
  })

  it('of the visitor to stay cancels the stream, over HTTP/1.1 and HTTP/2', async () => {
    for (const leave of ['plain', 'secure', 'http2'] as const) {
      const { closed, opened, ...gateway } = await startSilent(10_000)
      const sent =
        leave === 'http2'
          ? openHttp2(gateway.secure, { ':authority': APP })
          : requestOf(gateway[leave], { hostname: APP }).end()
      sent.on('error', () => {})
      await opened
      sent.destroy()
      expect(await closed).toBe(constants.NGHTTP2_CANCEL)
    }
  })
})

/** A gateway whose origin does not answer. */
async function startSilent(timeout_ms = 50) {
  const opened = Promise.withResolvers<void>()
  const closed = Promise.withResolvers<number>()
  const serve: ServeStream = stream => {
    opened.resolve()
    stream.on('close', () => closed.resolve(stream.rstCode ?? 0))
    stream.resume()
  }
  return { ...(await startGateway({ serve, timeout_ms })), opened: opened.promise, closed: closed.promise }
}

/** Resolves when a number has stopped to grow. */
async function settled(count: () => number): Promise<void> {
  for (let last = -1, same = 0; same < 10; ) {
    await new Promise(resolve => setTimeout(resolve, 20))
    same = count() === last ? same + 1 : 0
    last = count()
  }
}
