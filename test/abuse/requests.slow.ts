/**
 * Requests that no client would send. The server never runs a request twice, nor one that nobody
 * sent.
 */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HEADERS, post, startServerUnderAttack, TUNNELS } from '../support/server-under-attack.ts'

const CREATE = '{"name":"blog"}'
const GET = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`

/** An invalid request that makes the server close the connection; its response is ignored. */
const CLOSE = 'END\r\n\r\n'

function postWithHeaders(...headers: readonly string[]): string {
  return `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}${headers.join('\r\n')}\r\n\r\n`
}

function get(path: string): string {
  return `GET ${path} HTTP/1.1\r\n${HEADERS}\r\n`
}

function nestedArrays(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`
}

type Case = [
  description: string,
  bytes: string | Buffer,
  expected: readonly (readonly [status: number, code?: number])[],
]

const SERVED: Case[] = [
  ['HTTP/1.0', `GET ${TUNNELS} HTTP/1.0\r\n${HEADERS}\r\n`, [[200]]],
  ['HTTP/1.0 with keep-alive', `GET ${TUNNELS} HTTP/1.0\r\n${HEADERS}Connection: keep-alive\r\n\r\n`, [[200]]],
  ['a whole URL as the target', get(`http://anywhere${TUNNELS}`), [[200]]],
  ['a hundred pipelined requests', GET.repeat(100), Array(100).fill([200])],
  [
    'pipelined reads and writes',
    Buffer.concat([post(CREATE), Buffer.from(GET), post(CREATE)]),
    [[200], [200], [409, 1013]],
  ],
  [
    'an upgrade to WebSocket',
    `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: Upgrade, close\r\nUpgrade: websocket\r\n\r\n`,
    [[200]],
  ],
  [
    'an upgrade to HTTP/2',
    `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}Connection: Upgrade, close\r\nUpgrade: h2c\r\n\r\n`,
    [[200]],
  ],
  ['100-continue', `${postWithHeaders('Expect: 100-continue', 'Content-Length: 15')}${CREATE}`, [[100], [200]]],
  ['an unknown expectation', `${postWithHeaders('Expect: a miracle', 'Content-Length: 15')}${CREATE}`, [[200]]],
  ['500,000 levels under an unknown key', post(`{"name":"blog","x":${nestedArrays(500_000)}}`), [[200]]],
  ['a million digits under an unknown key', post(`{"name":"blog","x":${'9'.repeat(1_000_000)}}`), [[200]]],
  [
    'keys with a meaning in JavaScript',
    post('{"name":"blog","__proto__":{"name":5},"constructor":{"prototype":{}}}'),
    [[200]],
  ],
  ['a parameter named __proto__', get(`${TUNNELS}?__proto__=1&constructor=2&__proto__[page]=0`), [[200]]],
]

const REJECTED: Case[] = [
  ['an unknown target', get('*'), [[404, 7003]]],
  ['a target with dot segments', get(`${TUNNELS}/../../../../etc/passwd`), [[404, 7003]]],
  ['a target of slashes', get('/'.repeat(2_000)), [[404, 7003]]],
  ['an invalid escape', get(`${TUNNELS}/%zz`), [[404, 7003]]],
  ['an escaped NUL', get(`${TUNNELS}/%00`), [[404, 7003]]],
  ['a target without a slash', get('accounts'), [[400, 10400]]],
  ['a NUL in the target', get(`${TUNNELS}/\0`), [[400, 10400]]],
  ['a NUL in a header', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: a\0b\r\n\r\n`, [[400, 10400]]],
  ['a NUL in the body', post('{"name":"a\0"}'), [[400, 1030]]],
  [
    'bytes that are not UTF-8',
    post(Buffer.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')])),
    [[400, 1030]],
  ],
  ['a lone surrogate', post('{"name":"\\ud800"}'), [[400, 1030]]],
  ['a duplicate key', post('{"name":"shop","name":"blog"}'), [[400, 1030]]],
  ['JSON of 500,000 levels', post(nestedArrays(500_000)), [[400, 1030]]],
  ['JSON that never closes its arrays', post('['.repeat(1_000_000)), [[400, 1030]]],
  ['a number of a million digits', post(`{"name":${'9'.repeat(1_000_000)}}`), [[400, 1030]]],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [[400, 10400]]],
  ['a header of 20 kB', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: ${'x'.repeat(20_000)}\r\n\r\n`, [[431, 10431]]],
  ['5,000 headers', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}${'X: y\r\n'.repeat(5_000)}\r\n`, [[431, 10431]]],
  ['a query of 20 kB', get(`${TUNNELS}?${'x'.repeat(20_000)}`), [[431, 10431]]],
  ['a folded header', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: a\r\n b\r\n\r\n`, [[400, 10400]]],
  ['a space before the colon', `GET ${TUNNELS} HTTP/1.1\r\nHost : x\r\n\r\n`, [[400, 10400]]],
  ['lines without carriage returns', `GET ${TUNNELS} HTTP/1.1\nHost: x\n\n`, [[400, 10400]]],
  ['an unknown method', `STEAL ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`, [[400, 10400]]],
]

/**
 * Requests whose end two servers could read differently, so that one could smuggle in a second
 * request.
 */
const SMUGGLED = `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Content-Length: 15\r\n\r\n${CREATE}`
const SMUGGLING: Case[] = [
  [
    'a length and a chunked encoding',
    `${postWithHeaders('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  ['two lengths', `${postWithHeaders('Content-Length: 0', 'Content-Length: 200')}${SMUGGLED}`, [[400, 10400]]],
  ['a list of lengths', `${postWithHeaders('Content-Length: 0, 200')}${SMUGGLED}`, [[400, 10400]]],
  ['a negative length', `${postWithHeaders('Content-Length: -1')}${SMUGGLED}`, [[400, 10400]]],
  ['a length with a sign', `${postWithHeaders('Content-Length: +2')}{}${SMUGGLED}`, [[400, 10400]]],
  ['a length that is too large', `${postWithHeaders(`Content-Length: ${'9'.repeat(30)}`)}${SMUGGLED}`, [[400, 10400]]],
  ['an unknown encoding', `${postWithHeaders('Transfer-Encoding: xchunked')}0\r\n\r\n${SMUGGLED}`, [[400, 10400]]],
  [
    'a chunked encoding that is not the last one',
    `${postWithHeaders('Transfer-Encoding: chunked, identity')}0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a chunk size that is not a number',
    `${postWithHeaders('Transfer-Encoding: chunked')}0x2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a chunk size that is too long',
    `${postWithHeaders('Transfer-Encoding: chunked')}${'f'.repeat(40)}\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a chunk longer than its size',
    `${postWithHeaders('Transfer-Encoding: chunked')}1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'very long chunk extensions',
    `${postWithHeaders('Transfer-Encoding: chunked')}2;${'x'.repeat(20_000)}\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
]

function outcomesOf(responses: readonly { status: number; body: string }[]) {
  return responses.map(({ status, body }) => {
    const [error] = body === '' ? [] : JSON.parse(body).errors
    return error ? [status, error.code] : [status]
  })
}

let server: Awaited<ReturnType<typeof startServerUnderAttack>>
beforeAll(async () => {
  server = await startServerUnderAttack()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(() => server.stop())

describe('the server', () => {
  it.each(SERVED)('serves %s', async (_description, bytes, expected) => {
    const { send, expectService } = server

    expect(outcomesOf(await send(bytes, CLOSE)).slice(0, expected.length)).toEqual(expected)
    await expectService()
  })

  it.each(REJECTED)(
    'answers %s with an error in the envelope, and creates nothing',
    async (_description, bytes, expected) => {
      const { send, control, expectService } = server

      expect(outcomesOf(await send(bytes, CLOSE)).slice(0, expected.length)).toEqual(expected)
      expect(await control('GET', '/state')).toMatchObject({ tunnels: [] })
      await expectService()
    },
  )

  it.each(SMUGGLING)('rejects %s, and runs no request after it', async (_description, bytes, expected) => {
    const { send, control, expectService } = server

    expect(outcomesOf(await send(bytes))).toEqual(expected)
    expect(await control('GET', '/state')).toMatchObject({ tunnels: [] })
    await expectService()
  })

  it('closes the connection for CONNECT', async () => {
    const { send, expectService } = server

    expect(await send('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n')).toEqual([])
    await expectService()
  })
})
