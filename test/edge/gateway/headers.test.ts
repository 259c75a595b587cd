/** What the gateway passes on of the headers of a visitor, and of an origin. */
import { describe, expect, it } from 'vitest'
import {
  type Header,
  loopsOf,
  outgoingHeaders,
  type RequestHead,
  readResponseHead,
  requestHeaders,
  unpackHeaders,
} from '../../../src/edge/gateway/headers.ts'
import { responseHead } from '../../support/edge/packed-headers.ts'

function head(headers: readonly Header[] = [], more: Partial<RequestHead> = {}): RequestHead {
  return {
    method: 'GET',
    scheme: 'http',
    hostname: 'app.example.com',
    path: '/a?b=c',
    address: '192.0.2.7',
    ray: '0123456789abcdef-LIS',
    is_websocket: false,
    headers,
    ...more,
  }
}

describe('the headers that cloudflared is sent', () => {
  it('are those of the visitor, the address of the request, and those that the edge adds', {}, () => {
    const sent = requestHeaders(
      head([
        ['host', 'app.example.com:8080'],
        ['accept', '*/*'],
        ['x-a', '1'],
        ['x-a', '2'],
      ]),
    )
    expect({ ...sent }).toEqual({
      ':method': 'GET',
      ':scheme': 'http',
      ':authority': 'app.example.com',
      ':path': '/a?b=c',
      accept: '*/*',
      'x-a': ['1', '2'],
      'cf-ray': '0123456789abcdef-LIS',
      'cf-connecting-ip': '192.0.2.7',
      'x-forwarded-for': '192.0.2.7',
      'x-forwarded-proto': 'http',
      'cf-visitor': '{"scheme":"http"}',
      'cdn-loop': 'cloudflare; loops=1',
    })
  })

  it.each([
    'cf-cloudflared-proxy-connection-upgrade',
    'cf-cloudflared-proxy-src',
    'cf-cloudflared-anything',
    'cf-int-cloudflared-tracing',
    'cf-proxy-worker',
    'x-forwarded-host',
    'mockflared-world',
    'expect',
    'connection',
    'keep-alive',
    'proxy-connection',
    'transfer-encoding',
    'trailer',
    'upgrade',
    'http2-settings',
    'te',
  ])('have no %s of the visitor', name => {
    expect(requestHeaders(head([[name, 'forged']]))).not.toHaveProperty([name])
  })

  it.each(['cf-ray', 'cf-connecting-ip', 'cf-visitor', 'cdn-loop', 'x-forwarded-proto'])(
    'have our %s instead of that of the visitor',
    name => {
      expect(requestHeaders(head([[name, 'forged']]))[name]).toBe(requestHeaders(head())[name])
    },
  )

  it('have no header that Connection names', () => {
    const sent = requestHeaders(
      head([
        ['connection', 'close, X-Secret'],
        ['x-secret', 's'],
      ]),
    )
    expect(sent).not.toHaveProperty('x-secret')
  })

  it('append the address to the ones that were forwarded for', { tags: ['edge_request_headers'] }, () => {
    const sent = requestHeaders(head([['x-forwarded-for', '198.51.100.1, 198.51.100.2']]))
    expect(sent['x-forwarded-for']).toBe('198.51.100.1, 198.51.100.2, 192.0.2.7')
  })

  it('have `te` if the visitor accepts trailers', () => {
    expect(requestHeaders(head([['te', 'gzip;q=0.5, Trailers']])).te).toBe('trailers')
  })

  it('ask for a websocket with a header of the edge, without a length', () => {
    const sent = requestHeaders(
      head(
        [
          ['upgrade', 'websocket'],
          ['connection', 'Upgrade'],
          ['sec-websocket-key', 'k'],
          ['content-length', '0'],
        ],
        { is_websocket: true },
      ),
    )
    expect(sent).toMatchObject({
      'cf-cloudflared-proxy-connection-upgrade': 'websocket',
      'sec-websocket-key': 'k',
    })
    for (const name of ['upgrade', 'connection', 'content-length']) expect(sent).not.toHaveProperty([name])
  })

  it('can name another host', () => {
    expect(requestHeaders(head(), 'management.argotunnel.com')[':authority']).toBe('management.argotunnel.com')
  })

  it('join cookies, and have only the first of headers that HTTP allows once', () => {
    const repeated = (name: string): Header[] => [
      [name, 'a'],
      [name, 'b'],
    ]
    expect(requestHeaders(head([...repeated('cookie'), ...repeated('authorization')]))).toMatchObject({
      cookie: 'a; b',
      authorization: 'a',
    })
  })

  it('keep a header named __proto__', () => {
    expect(Object.keys(requestHeaders(head([['__proto__', 'x']])))).toContain('__proto__')
  })
})

describe('the loops of a request', () => {
  it.each([
    [undefined, 0],
    ['other; loops=3', 0],
    ['cloudflare; loops=3', 3],
    ['other, Cloudflare; loops=2', 2],
    ['cloudflare; loops=99999999999', 0],
  ])('with cdn-loop %s are %i', (value, loops) => {
    expect(loopsOf(value === undefined ? [] : [['cdn-loop', value]])).toBe(loops)
  })
})

describe('the head of a response', () => {
  it('has the headers of the origin as they were sent', () => {
    const pairs: Header[] = [
      ['Content-Type', 'text/plain'],
      ['Set-Cookie', 'a=1'],
      ['Set-Cookie', 'b=2'],
      ['X-Bytes', 'ü;:='],
    ]
    expect(readResponseHead(responseHead(201, pairs))).toEqual({
      status: 201,
      headers: pairs,
      is_from_origin: true,
      is_rate_limited: false,
    })
  })

  it('has none that concern the connection to the origin', () => {
    const pairs: Header[] = [
      ['Connection', 'X-Hop'],
      ['X-Hop', '1'],
      ['Keep-Alive', 'timeout=5'],
      ['Transfer-Encoding', 'chunked'],
      ['Trailer', 'X'],
      ['Upgrade', 'h2c'],
      ['X-Kept', '1'],
    ]
    expect(readResponseHead(responseHead(200, pairs))?.headers).toEqual([['X-Kept', '1']])
  })

  it('says that cloudflared answered itself, and why', () => {
    const limited = { ':status': 502, 'cf-cloudflared-response-meta': '{"src":"cloudflared","flow_rate_limited":true}' }
    expect(readResponseHead(responseHead(502, [], 'cloudflared'))).toMatchObject({
      is_from_origin: false,
      is_rate_limited: false,
    })
    expect(readResponseHead(limited)).toMatchObject({ is_from_origin: false, is_rate_limited: true })
  })

  it.each(['YQ', 'YQ:YQ:YQ', 'a b:c', 'YQ==:YQ', '\u{1f600}:'])('is unreadable with packed headers "%s"', packed => {
    expect(unpackHeaders(packed)).toBeUndefined()
    expect(readResponseHead({ ':status': 200, 'cf-cloudflared-response-headers': packed })).toBeUndefined()
  })

  it('may have no headers', () => {
    expect(unpackHeaders('')).toEqual([])
  })
})

describe('outgoing headers', () => {
  it('keep the case of the first name, and the order of values', () => {
    const headers: Header[] = [
      ['Set-Cookie', 'a'],
      ['X', '1'],
      ['set-cookie', 'b'],
    ]
    expect({ ...outgoingHeaders(headers) }).toEqual({ 'Set-Cookie': ['a', 'b'], X: '1' })
  })
})
