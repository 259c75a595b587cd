import { describe, expect, it } from 'vitest'
import {
  MAX_LOGGED_CHARS,
  REDACTED,
  redacted,
  redactedHeaders,
  redactedJson,
  redactedText,
} from '../../src/gateway/redaction.ts'

const SECRET = 'AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg='
const TOKEN = btoa(JSON.stringify({ a: '699d98642c564d2e855e9661899b7252', t: 'f70ff985', s: SECRET }))
const JWT = 'eyJhbGciOiJFUzI1NiJ9.eyJ0dW4iOnt9fQ.c2lnbmF0dXJl-_'

const SLOW_PARTS = [
  ...['=', '&', '?', '//', '//a', 'a=', '[', '.', '\\', '@:', ':@', '//a:b@', 'token=', 's:', 'api-', 'bearer '],
  ...['-----BEGIN ', 'QUFB', 'QUFB/', 'invalid type: a "'],
]
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
    [`cloudflared run --token ${TOKEN} now`, `cloudflared run --token ${REDACTED}`],
    ['{"password": "must", "a', `{"password": "${REDACTED}`],
    ['invalid type: string "a "b" c", expected u32', `invalid type: string ${REDACTED}, expected u32`],
    ['invalid type: integer `123456`, expected u32', `invalid type: integer ${REDACTED}, expected u32`],
    ['invalid value: string "", not `5000`', 'invalid value: string "", not `5000`'],
    [`${TOKEN} now`, `${REDACTED} now`],
    [{ note: encodeURIComponent(TOKEN) }, { note: REDACTED }],
    [`Bearer ${JWT}.`, `Bearer ${REDACTED}.`],
    [{ [TOKEN]: 1 }, { [REDACTED]: 1 }],
    [{ 'x-auth-key': 'k', api_key: 'k', apiKey: 'k', Authorization: 'Bearer x', password: 'p' }, EVERY_KEY_REDACTED],
    [`/w/%65yJhIjoi${TOKEN.slice(8)}?x`, `/w/${REDACTED}?x`],
    [`/w/%2565%79Jh${TOKEN.slice(4)}`, `/w/${REDACTED}`],
    [`{"token":"${SECRET}","token":null}`, '{"token":null}'],
    [`Unexpected token 'x', "x is not valid JSON ${SECRET}" is not valid JSON`, withoutQuote],
  ])('of %j is %j', (value, expected) => {
    expect(redacted(value)).toEqual(expected)
  })

  it.each([
    [{ name: 'blog', config_src: 'cloudflare', metadata: { a: [1, true, null, 'x'] } }],
    [{ tunnel_secret: null }],
    ['{ "token": null, "a": [1, 2] }'],
    [{ audTag: ['a'], credentials_file: { AccountTag: 'a' }, value: 'b', name: 'c' }],
    ['Could not parse input. tunnel_secret: must be base64 of at least 32 bytes'],
    ['http://token-service:8080/tokens/1'],
    ['api key of heyJude and monkeyJungle, basic authentication'],
    ['eyJ is how it starts'],
    ['100%25 of %zz and %'],
    [{ key: 'a', keys: 'b', monkey: 'c' }],
    [null],
    [7],
  ])('of %j is unchanged', value => {
    expect(redacted(value)).toEqual(value)
  })

  it('treats __proto__ like any other key', () => {
    const value: unknown = JSON.parse('{"__proto__":{"token":"x"}}')

    expect(JSON.stringify(redacted(value))).toBe('{"__proto__":{"token":"[redacted]"}}')
  })

  it('stops at a depth limit', () => {
    const deep = redactedJson(`${'['.repeat(30_000)}${']'.repeat(30_000)}`)

    expect(JSON.stringify(deep)).toContain('too deep')
  })

  it.each(['%25'.repeat(20_000), '%'.repeat(60_000), 'eyJ'.repeat(20_000), '"'.repeat(60_000), 'eyJa.'.repeat(12_000)])(
    'is fast for a text designed to be slow',
    text => {
      const start = performance.now()
      redacted(`${text} is not valid JSON`)

      expect(performance.now() - start).toBeLessThan(200)
    },
  )
})

describe('redacted JSON', () => {
  it.each([
    '{"success":true,"result":{"id":"1","name":"blog"}}',
    '{"success":true,"result":[],"result_info":{"page":1}}',
    '[1,2,{"a":null}]',
    'null',
  ])('returns %s unchanged', text => {
    expect(redactedJson(text)).toEqual(JSON.parse(text))
  })

  it.each([
    [`{"name":"a","tunnel_secret":"${SECRET}"}`, { name: 'a', tunnel_secret: REDACTED }],
    [`{"name":"a","tunnel\\u005fsecre\\u0074":"${SECRET}"}`, { name: 'a', tunnel_secret: REDACTED }],
    [`{"a":"\\u0065yJhIjoi${TOKEN.slice(8)}"}`, { a: REDACTED }],
    // The base64 has a slash near its end, in the password of a URL.
    [`{"a":"${btoa('see {"note":["http://user:VYTB80C999dfm5z6S5sv8eeuJG/?@host"]}')}"}`, { a: REDACTED }],
    [`{"success":true,"result":"${SECRET}"}`, { success: true, result: REDACTED }],
    [
      `{"success":true,"result":{"id":"1","token":"${TOKEN}"}}`,
      { success: true, result: { id: '1', token: REDACTED } },
    ],
    [
      '{"errors":[{"message":"Unexpected token \'}\', ...\\"IDBAUGBw}\\" is not valid JSON"}]}',
      { errors: [{ message: `Unexpected token '}', ...${REDACTED} is not valid JSON` }] },
    ],
  ])('returns %s without its secret', (text, expected) => {
    expect(redactedJson(text)).toEqual(expected)
  })

  it.each([
    [
      `{"result":{"credentials_file":{"TunnelSecret":"${SECRET}"},"token":"${TOKEN}"},"success":true}`,
      { result: { credentials_file: { TunnelSecret: REDACTED }, token: REDACTED }, success: true },
    ],
    [
      `{ "tunnel_secret" : "${SECRET}" , "token":null, "tokens":[3],"a":["secret","token"] }`,
      { tunnel_secret: REDACTED, token: null, tokens: REDACTED, a: ['secret', 'token'] },
    ],
    [
      '{"token":5,"api_key":{"a":"b"},"Authorization":["x"],"x-auth-key":true,"key":"a","monkey":"b"}',
      { token: REDACTED, api_key: REDACTED, Authorization: REDACTED, 'x-auth-key': REDACTED, key: 'a', monkey: 'b' },
    ],
    [
      `{"name":"my secret","${TOKEN}":"a ${JWT}.","password":""}`,
      { name: 'my secret', [REDACTED]: `a ${REDACTED}.`, password: REDACTED },
    ],
    ['{"token":"a\\"b","note":"c"}', { token: REDACTED, note: 'c' }],
    [`{"a":"%65yJhIjoi${TOKEN.slice(8)}"}`, { a: REDACTED }],
    ['["token",{"token":"a"}]', ['token', { token: REDACTED }]],
    ['{"token":"a"', '[no JSON, 12 characters]'],
    ['{"token":"a"]', '[no JSON, 13 characters]'],
  ])('removes every secret from %s', (text, expected) => {
    expect(redactedJson(text)).toEqual(expected)
  })

  it('does not quote text that is not JSON, since it may be a secret', () => {
    expect(redactedJson(`{"token":"${TOKEN.slice(0, 50)}`)).toBe('[no JSON, 60 characters]')
    expect(redactedJson(SECRET)).toBe('[no JSON, 44 characters]')
    expect(redactedJson(JSON.stringify(SECRET))).toBe(REDACTED)
    expect(redactedJson(`{"token":"${TOKEN.slice(0, 50)}}`)).toBe('[no JSON, 61 characters]')
    expect(redactedJson(`{"token":nullify${SECRET}}`)).toBe('[no JSON, 61 characters]')
    expect(redactedJson('<html>502</html>')).toBe('[no JSON, 16 characters]')
  })

  it('names the length of a text that is too long', () => {
    const fits = JSON.stringify(['a'.repeat(MAX_LOGGED_CHARS - 4)])

    expect(redactedJson(fits)).toEqual(['a'.repeat(MAX_LOGGED_CHARS - 4)])
    expect(redactedJson(`${fits} `)).toBe('[65537 characters, too long to keep]')
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
    ['/a?a[tunnel_secret]=AQID&name=a', `/a?a[tunnel_secret]=${REDACTED}&name=a`],
    ['/a?a%5Btunnel_secret%5D=AQID&name=a', `/a?a%5Btunnel_secret%5D=${REDACTED}&name=a`],
    ['/a?a%255Btunnel_secret%255D=AQID', `/a?a%255Btunnel_secret%255D=${REDACTED}`],
    ['/a?tunnel_secret[]=AQID', `/a?tunnel_secret[]=${REDACTED}`],
    ['/a?token.value=AQID', `/a?token.value=${REDACTED}`],
    ['/a?next=/b?token=AQID', `/a?next=/b?token=${REDACTED}`],
    ['/a?next=%2Fb%3Ftoken%3DAQID&name=a', `/a?next=/b?token=${REDACTED}&name=a`],
    ['/a?name=a%26token%3DAQID', `/a?name=a&token=${REDACTED}`],
    ['/a?name=a;token=AQID', `/a?name=a;token=${REDACTED}`],
    ['/a#access_token=AQID', `/a#access_token=${REDACTED}`],
    ['/a?type=token&sort=secret', '/a?type=token&sort=secret'],
    ['/a?url=http://user:pass@host/', `/a?url=http://${REDACTED}@host/`],
    ['/a?url=http%3A%2F%2Fuser%3Apass%40host%2F', `/a?url=http://${REDACTED}@host/`],
    ['/a?url=http%253A%252F%252Fuser%253Apass%2540host', `/a?url=http://${REDACTED}@host`],
  ])('of %s is %s', (url, expected) => {
    expect(redactedText(url)).toBe(expected)
  })

  it.each([
    ['http://user:pass@localhost:8080', `http://${REDACTED}@localhost:8080`],
    ['https://user:p@ss@host/path@1', `https://${REDACTED}@host/path@1`],
    ['tcp://token@host', `tcp://${REDACTED}@host`],
    ['http://host/?token=AQID&a=b', `http://host/?token=${REDACTED}&a=b`],
    ['service "http://user:pass@host" is odd', `service "http://${REDACTED}@host" is odd`],
    ['http://a:b@c,http://d:e@f', `http://${REDACTED}@c,http://${REDACTED}@f`],
    ['http://localhost:8080/@scope/name', 'http://localhost:8080/@scope/name'],
    ['me@example.com', 'me@example.com'],
    ['unix:/run/app.sock', 'unix:/run/app.sock'],
  ])('within a value: %s is %s', (text, expected) => {
    expect(redacted({ service: text })).toEqual({ service: expected })
  })

  it.each(SLOW_PARTS)('is fast for a URL designed to be slow with %s', part => {
    const start = performance.now()
    redactedText(`/a?${part.repeat(60_000 / part.length)}`)

    expect(performance.now() - start).toBeLessThan(200)
  })
})

describe('redacted headers', () => {
  it('contain the relevant headers, credentials without their values', () => {
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
