/** Requests that no client would send, one by one. Nothing is ever done twice, or for somebody who did not ask for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { HEADERS, post, startAttacked, TUNNELS } from '../support/attacked.ts'

const CREATE = '{"name":"blog"}'
const GET = `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`

/** Ends a connection on which the server would wait for more: what it answers to this is left out. */
const END = 'END\r\n\r\n'

function headed(...headers: readonly string[]): string {
  return `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}${headers.join('\r\n')}\r\n\r\n`
}

function target(path: string): string {
  return `GET ${path} HTTP/1.1\r\n${HEADERS}\r\n`
}

function deep(levels: number): string {
  return `${'['.repeat(levels)}${']'.repeat(levels)}`
}

type Case = [what: string, bytes: string | Buffer, expected: readonly (readonly [status: number, code?: number])[]]

const SERVED: Case[] = [
  ['HTTP/1.0', `GET ${TUNNELS} HTTP/1.0\r\n${HEADERS}\r\n`, [[200]]],
  ['HTTP/1.0 that wants to go on', `GET ${TUNNELS} HTTP/1.0\r\n${HEADERS}Connection: keep-alive\r\n\r\n`, [[200]]],
  ['the whole URL as target', target(`http://anywhere${TUNNELS}`), [[200]]],
  ['a hundred requests in one piece', GET.repeat(100), Array(100).fill([200])],
  [
    'reads and writes in one piece',
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
  ['100-continue', `${headed('Expect: 100-continue', 'Content-Length: 15')}${CREATE}`, [[100], [200]]],
  ['an expectation nobody knows', `${headed('Expect: a miracle', 'Content-Length: 15')}${CREATE}`, [[200]]],
  ['a key that comes twice', post('{"name":"shop","name":"blog"}'), [[200]]],
  ['keys of JavaScript', post('{"name":"blog","__proto__":{"name":5},"constructor":{"prototype":{}}}'), [[200]]],
  ['a parameter named __proto__', target(`${TUNNELS}?__proto__=1&constructor=2&__proto__[page]=0`), [[200]]],
]

const REFUSED: Case[] = [
  ['an unknown target', target('*'), [[404, 7003]]],
  ['a target that goes up', target(`${TUNNELS}/../../../../etc/passwd`), [[404, 7003]]],
  ['a target of slashes', target('/'.repeat(2_000)), [[404, 7003]]],
  ['a broken escape', target(`${TUNNELS}/%zz`), [[404, 7003]]],
  ['an escaped NUL', target(`${TUNNELS}/%00`), [[404, 7003]]],
  ['a target without a slash', target('accounts'), [[400, 10400]]],
  ['a NUL in the target', target(`${TUNNELS}/\0`), [[400, 10400]]],
  ['a NUL in a header', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: a\0b\r\n\r\n`, [[400, 10400]]],
  ['a NUL in the body', post('{"name":"a\0"}'), [[400, 1030]]],
  [
    'bytes that are no UTF-8',
    post(Buffer.from([...Buffer.from('{"name":"'), 0xc3, 0x28, ...Buffer.from('"}')])),
    [[400, 1030]],
  ],
  ['half a surrogate pair', post('{"name":"\\ud800"}'), [[400, 1030]]],
  ['JSON of 500,000 levels', post(`{"name":"blog","x":${deep(500_000)}}`), [[400, 1030]]],
  ['JSON that opens and never closes', post('['.repeat(1_000_000)), [[400, 1030]]],
  ['a number of a million digits', post(`{"name":"blog","x":${'9'.repeat(1_000_000)}}`), [[400, 1030]]],
  ['HTTP/2', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n', [[400, 10400]]],
  ['a header of 20 kB', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: ${'x'.repeat(20_000)}\r\n\r\n`, [[431, 10431]]],
  ['5,000 headers', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}${'X: y\r\n'.repeat(5_000)}\r\n`, [[431, 10431]]],
  ['a query of 20 kB', target(`${TUNNELS}?${'x'.repeat(20_000)}`), [[431, 10431]]],
  ['a folded header', `GET ${TUNNELS} HTTP/1.1\r\n${HEADERS}X: a\r\n b\r\n\r\n`, [[400, 10400]]],
  ['a space before the colon', `GET ${TUNNELS} HTTP/1.1\r\nHost : x\r\n\r\n`, [[400, 10400]]],
  ['lines without carriage returns', `GET ${TUNNELS} HTTP/1.1\nHost: x\n\n`, [[400, 10400]]],
  ['a method nobody knows', `STEAL ${TUNNELS} HTTP/1.1\r\n${HEADERS}\r\n`, [[400, 10400]]],
]

/** Where two servers could disagree about where a request ends, and the second one be another's. */
const SMUGGLED = `POST ${TUNNELS} HTTP/1.1\r\n${HEADERS}Content-Length: 15\r\n\r\n${CREATE}`
const SMUGGLING: Case[] = [
  [
    'a length and chunks',
    `${headed('Content-Length: 5', 'Transfer-Encoding: chunked')}0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  ['two lengths', `${headed('Content-Length: 0', 'Content-Length: 200')}${SMUGGLED}`, [[400, 10400]]],
  ['a list of lengths', `${headed('Content-Length: 0, 200')}${SMUGGLED}`, [[400, 10400]]],
  ['a negative length', `${headed('Content-Length: -1')}${SMUGGLED}`, [[400, 10400]]],
  ['a length with a sign', `${headed('Content-Length: +2')}{}${SMUGGLED}`, [[400, 10400]]],
  ['a length beyond all numbers', `${headed(`Content-Length: ${'9'.repeat(30)}`)}${SMUGGLED}`, [[400, 10400]]],
  ['an encoding that is none', `${headed('Transfer-Encoding: xchunked')}0\r\n\r\n${SMUGGLED}`, [[400, 10400]]],
  [
    'chunks that are not the last encoding',
    `${headed('Transfer-Encoding: chunked, identity')}0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a size that is no number',
    `${headed('Transfer-Encoding: chunked')}0x2\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a size too long for a number',
    `${headed('Transfer-Encoding: chunked')}${'f'.repeat(40)}\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'a chunk longer than it says',
    `${headed('Transfer-Encoding: chunked')}1\r\n{}\r\n0\r\n\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
  [
    'endless extensions of a chunk',
    `${headed('Transfer-Encoding: chunked')}2;${'x'.repeat(20_000)}\r\n${SMUGGLED}`,
    [[400, 10400]],
  ],
]

function outcomesOf(answers: readonly { status: number; body: string }[]) {
  return answers.map(({ status, body }) => {
    const [error] = body === '' ? [] : JSON.parse(body).errors
    return error ? [status, error.code] : [status]
  })
}

let server: Awaited<ReturnType<typeof startAttacked>>
beforeAll(async () => {
  server = await startAttacked()
})
beforeEach(() => server.control('POST', '/reset', { to: 'empty' }))
afterAll(() => server.stop())

describe('on one connection each', () => {
  it.each(SERVED)('%s is served', async (_what, bytes, expected) => {
    const { ask, expectService } = server

    expect(outcomesOf(await ask(bytes, END)).slice(0, expected.length)).toEqual(expected)
    await expectService()
  })

  it.each(REFUSED)('%s is refused in the envelope, and creates nothing', async (_what, bytes, expected) => {
    const { ask, control, expectService } = server

    expect(outcomesOf(await ask(bytes, END)).slice(0, expected.length)).toEqual(expected)
    expect(await control('GET', '/state')).toMatchObject({ tunnels: [] })
    await expectService()
  })

  it.each(SMUGGLING)('%s are refused, and nothing behind them is a request', async (_what, bytes, expected) => {
    const { ask, control, expectService } = server

    expect(outcomesOf(await ask(bytes))).toEqual(expected)
    expect(await control('GET', '/state')).toMatchObject({ tunnels: [] })
    await expectService()
  })

  it('CONNECT is hung up on', async () => {
    const { ask, expectService } = server

    expect(await ask('CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n')).toEqual([])
    await expectService()
  })
})
