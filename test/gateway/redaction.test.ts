import { describe, expect, it } from 'vitest'
import {
  keptJson,
  keptValue,
  LONGEST_KEPT,
  noJson,
  REDACTED,
  redacted,
  redactedHeaders,
  redactedUrl,
  shown,
} from '../../src/gateway/redaction.ts'

const SECRET = 'AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg='
const TOKEN = btoa(JSON.stringify({ a: '699d98642c564d2e855e9661899b7252', t: 'f70ff985', s: SECRET }))
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJ0dW4iOnt9fQ.c2lnbmF0dXJl-_'

const withoutQuote = `Unexpected token 'x', ${REDACTED} is not valid JSON`
const EVERY_KEY_REDACTED = Object.fromEntries(
  ['x-auth-key', 'api_key', 'apiKey', 'Authorization', 'password'].map(key => [key, REDACTED]),
)

describe('a redacted value', () => {
  it.each([
    [{ tunnel_secret: SECRET }, { tunnel_secret: REDACTED }],
    [{ credentials_file: { TunnelSecret: SECRET } }, { credentials_file: { TunnelSecret: REDACTED } }],
    [{ token: SECRET }, { token: REDACTED }],
    [{ token: { deep: [SECRET] } }, { token: REDACTED }],
    [
      { tunnelSecret: SECRET, 'tunnel-secret': SECRET },
      { tunnelSecret: REDACTED, 'tunnel-secret': REDACTED },
    ],
    [[{ a: [{ token: 5 }] }], [{ a: [{ token: REDACTED }] }]],
    [`cloudflared run --token ${TOKEN} now`, `cloudflared run --token ${REDACTED} now`],
    [{ note: encodeURIComponent(TOKEN) }, { note: REDACTED }],
    [`Bearer ${JWT}.`, `Bearer ${REDACTED}.`],
    [{ [TOKEN]: 1 }, { [REDACTED]: 1 }],
    [{ 'x-auth-key': 'k', api_key: 'k', apiKey: 'k', Authorization: 'Bearer x', password: 'p' }, EVERY_KEY_REDACTED],
    [`/w/%65yJhIjoi${TOKEN.slice(8)}?x`, `/w/${REDACTED}?x`],
    [`/w/%2565%79Jh${TOKEN.slice(4)}`, `/w/${REDACTED}`],
    [`Unexpected token 'x', "x is not valid JSON ${SECRET}" is not valid JSON`, withoutQuote],
  ])('of %j is %j', (value, expected) => {
    expect(redacted(value)).toEqual(expected)
  })

  it.each([
    [{ name: 'blog', config_src: 'cloudflare', metadata: { a: [1, true, null, 'x'] } }],
    [{ tunnel_secret: null }],
    [{ audTag: ['a'], secretive: 'yes', tokens: 3 }],
    ['eyJ is how it starts'],
    ['100%25 of %zz and %'],
    [{ key: 'a', keys: 'b', monkey: 'c' }],
    [null],
    [7],
  ])('of %j is the same', value => {
    expect(redacted(value)).toEqual(value)
  })

  it('takes __proto__ for a key like any other', () => {
    const value: unknown = JSON.parse('{"__proto__":{"token":"x"}}')

    expect(JSON.stringify(redacted(value))).toBe('{"__proto__":{"token":"[redacted]"}}')
  })

  it('ends somewhere, however deep the value is', () => {
    const deep = keptValue(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)

    expect(deep).toContain('too deep')
  })

  it.each(['%25'.repeat(20_000), '%'.repeat(60_000), 'eyJ'.repeat(20_000), '"'.repeat(60_000), 'eyJa.'.repeat(12_000)])(
    'takes no time for a text made to be slow',
    text => {
      const start = performance.now()
      redacted(`${text} is not valid JSON`)

      expect(performance.now() - start).toBeLessThan(200)
    },
  )
})

describe('kept JSON', () => {
  it.each([
    '{"success":true,"result":{"id":"1","name":"blog"}}',
    '{"success":true,"result":[],"result_info":{"page":1}}',
    '[1,2,{"a":null}]',
    'null',
  ])('reads %s as it is', text => {
    expect(shown(keptJson(text))).toEqual(JSON.parse(text))
  })

  it.each([
    [`{"name":"a","tunnel_secret":"${SECRET}"}`, { name: 'a', tunnel_secret: REDACTED }],
    [`{"name":"a","tunnel\\u005fsecre\\u0074":"${SECRET}"}`, { name: 'a', tunnel_secret: REDACTED }],
    [`{"a":"\\u0065yJhIjoi${TOKEN.slice(8)}"}`, { a: REDACTED }],
    [`{"success":true,"result":"${SECRET}"}`, { success: true, result: REDACTED }],
    [
      `{"success":true,"result":{"id":"1","token":"${TOKEN}"}}`,
      { success: true, result: { id: '1', token: REDACTED } },
    ],
    [
      '{"errors":[{"message":"Unexpected token \'}\', ...\\"IDBAUGBw}\\" is not valid JSON"}]}',
      { errors: [{ message: `Unexpected token '}', ...${REDACTED} is not valid JSON` }] },
    ],
  ])('reads %s without its secret', (text, expected) => {
    expect(shown(keptJson(text))).toEqual(expected)
  })

  it.each([
    `{"result":{"credentials_file":{"TunnelSecret":"${SECRET}"},"token":"${TOKEN}"},"success":true}`,
    `{ "tunnel_secret" : "${SECRET}" , "token":null, "tokens":3,"a":["secret","token"] }`,
    '{"token":5,"api_key":{"a":"b"},"Authorization":["x"],"x-auth-key":true,"key":"a","monkey":"b"}',
    `{"name":"my secret","${TOKEN}":"a ${JWT}.","password":""}`,
    '{"token":"a\\"b","note":"c"}',
    `{"a":"%65yJhIjoi${TOKEN.slice(8)}"}`,
    '{"token":"a"',
    '{"token":"a"]',
    '["token",{"token":"a"}]',
  ])('has no other secrets in %s than a value that was read', text => {
    expect(shown(keptJson(text))).toEqual(shown(keptValue(text)))
  })

  it('does not quote what was no JSON, which may be a secret', () => {
    expect(shown(keptJson(`{"token":"${TOKEN.slice(0, 50)}`))).toBe('[no JSON, 60 characters]')
    expect(shown(keptValue(SECRET))).toBe('[no JSON, 44 characters]')
    expect(shown(keptJson(`{"token":"${TOKEN.slice(0, 50)}}`))).toBe('[no JSON, 61 characters]')
    expect(keptJson(`{"token":nullify${SECRET}}`)).not.toContain(SECRET)
    expect(shown(keptJson('<html>502</html>'))).toBe('[no JSON, 16 characters]')
    expect(shown(noJson(3))).toBe('[no JSON, 3 characters]')
  })

  it('says how long a text was that is too long to keep', () => {
    const fits = JSON.stringify('a'.repeat(LONGEST_KEPT - 2))

    expect(shown(keptJson(fits))).toHaveLength(LONGEST_KEPT - 2)
    expect(shown(keptJson(`${fits} `))).toBe('[65537 characters, too long to keep]')
    expect(shown(keptValue(`${fits} `))).toBe('[65537 characters, too long to keep]')
  })
})

describe('a redacted URL', () => {
  it.each([
    ['/accounts/1/cfd_tunnel?name=a&page=1', '/accounts/1/cfd_tunnel?name=a&page=1'],
    ['/a?tunnel_secret=AQID&name=a', `/a?tunnel_secret=${REDACTED}&name=a`],
    ['/a?%74oken=AQID', `/a?%74oken=${REDACTED}`],
    ['/a?api_key=1=2?3', `/a?api_key=${REDACTED}`],
    [`/a?note=${TOKEN}`, `/a?note=${REDACTED}`],
    [`/a/${encodeURIComponent(TOKEN)}?b`, `/a/${REDACTED}?b`],
    ['/a?', '/a?'],
  ])('of %s is %s', (url, shown) => {
    expect(redactedUrl(url)).toBe(shown)
  })
})

describe('redacted headers', () => {
  it('are those that matter, credentials without their values', () => {
    const headers = {
      host: 'localhost',
      'content-type': 'application/json',
      accept: '*/*',
      'user-agent': `curl ${TOKEN}`,
      'api-version': undefined,
      'x-auth-email': 'me@example.com',
      'x-auth-key': 'key',
      'x-auth-user-service-key': ['one', 'two'],
      authorization: `Bearer ${SECRET}`,
      cookie: 'session=1',
    }

    expect(redactedHeaders(headers)).toEqual({
      'content-type': 'application/json',
      accept: '*/*',
      'user-agent': `curl ${REDACTED}`,
      'x-auth-email': 'me@example.com',
      'x-auth-key': REDACTED,
      'x-auth-user-service-key': REDACTED,
      authorization: REDACTED,
    })
  })
})
