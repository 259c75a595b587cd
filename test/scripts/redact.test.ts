import { describe, expect, it } from 'vitest'
import type { Exchange, Recording } from '../../schemas/recording.ts'
import { redactRecording } from '../../scripts/recording/redact.ts'
import { isRedacted } from '../../scripts/recording/write.ts'

const ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const TUNNEL = 'c1744f8b-faa1-48a4-9e5c-02ac921467fa'
const SECRET = btoa('0123456789abcdef0123456789abcdef')
const TOKEN = btoa(JSON.stringify({ a: ACCOUNT, t: TUNNEL, s: SECRET }))
const CLAIMS = {
  tun: { id: TUNNEL, account_tag: ACCOUNT },
  actor: { id: 'ann@corp.example' },
  iss: 'tunnelstore',
  exp: 1,
}
const JWT = `eyJhbGciOiJFUzI1NiJ9.${Buffer.from(JSON.stringify(CLAIMS)).toString('base64url')}.c2lnbmF0dXJl`

const PLACEHOLDER = {
  account: '00000000000000000000000000000001',
  tunnel: '00000000-0000-4000-8000-000000000001',
  secret: btoa('redacted secret 1...............'),
}

const OTHER_SECRETS = { password: '[redacted]', api_key: '[redacted]', tokens: '[redacted]' }

function recordingOf(request: Partial<Exchange['request']>, body: unknown): Recording {
  return {
    version: 1,
    steps: [{ request: { method: 'GET', path: '/', ...request }, response: { status: 200, body } }],
  }
}

/** The body of a response after redaction. */
function redactBody(body: unknown): unknown {
  const [step] = redactRecording(recordingOf({}, body)).steps
  return step && 'response' in step ? step.response.body : undefined
}

describe('redactRecording', () => {
  it.each<[string, unknown, unknown]>([
    ['account ids', { account_tag: ACCOUNT }, { account_tag: PLACEHOLDER.account }],
    ['tunnel ids', [TUNNEL, { id: TUNNEL }], [PLACEHOLDER.tunnel, { id: PLACEHOLDER.tunnel }]],
    [
      'ids within texts',
      { message: `no ${TUNNEL} in ${ACCOUNT}.` },
      { message: `no ${PLACEHOLDER.tunnel} in ${PLACEHOLDER.account}.` },
    ],
    ['secrets', { TunnelSecret: SECRET }, { TunnelSecret: PLACEHOLDER.secret }],
    ['IP addresses', { origin_ip: '203.0.113.7' }, { origin_ip: '192.0.2.1' }],
    ['email addresses', { note: 'by ann@corp.example' }, { note: 'by person1@example.com' }],
    ['tokens that cannot be decoded', { result: 'v2.abcdef' }, { result: 'redacted-token-1' }],
    [
      'the content of a tunnel token',
      { result: TOKEN },
      { result: btoa(JSON.stringify({ a: PLACEHOLDER.account, t: PLACEHOLDER.tunnel, s: PLACEHOLDER.secret })) },
    ],
    [
      'other values, which it keeps',
      { name: 'blog', version: 1, created_at: '2026-09-29T07:05:39.497020Z' },
      undefined,
    ],
    ['short secrets', { tunnel_secret: btoa('short') }, { tunnel_secret: btoa('ret 1') }],
    ['secrets that are not base64', { tunnel_secret: 'c2hvcnQ' }, { tunnel_secret: '[redacted]' }],
    ['no empty secrets', { tunnel_secret: '', token: null }, undefined],
    ['other values with secret names', { password: 'a', api_key: 5, tokens: ['b'] }, OTHER_SECRETS],
    [
      'passwords in URLs',
      { service: 'http://me:p@app.example.com', id: TUNNEL },
      { service: 'http://[redacted]@app.example.com', id: PLACEHOLDER.tunnel },
    ],
    [
      'secrets next to ids in texts',
      { note: `of ${TUNNEL}: {"token": "a", "id": "${TUNNEL}"}` },
      { note: `of ${PLACEHOLDER.tunnel}: {"token": "[redacted]` },
    ],
  ])('replaces %s', (_name, body, expected = body) => {
    expect(redactBody(body)).toEqual(expected)
  })

  it('keeps the claims of a JWT except the actor, and removes its signature', () => {
    const [head, claims = '', signature] = String(Object(redactBody({ token: JWT })).token).split('.')

    expect([head, signature]).toEqual(['eyJhbGciOiJFUzI1NiJ9', 'redacted1'])
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      tun: { id: PLACEHOLDER.tunnel, account_tag: PLACEHOLDER.account },
      actor: { id: 'person1@example.com' },
      iss: 'tunnelstore',
      exp: 1,
    })
  })

  it('replaces equal values by equal placeholders, and different values by different ones', () => {
    const other = TUNNEL.replace('c1', 'c2')

    expect(redactBody([TUNNEL, other, TUNNEL.toUpperCase()])).toEqual([
      PLACEHOLDER.tunnel,
      '00000000-0000-4000-8000-000000000002',
      PLACEHOLDER.tunnel,
    ])
  })

  it('keeps the order of ids, also of those in tokens', () => {
    const later = 'd1744f8b-faa1-48a4-9e5c-02ac921467fa'
    const placeholders = [3, 2, 1].map(number => PLACEHOLDER.tunnel.replace(/1$/, String(number)))

    const redacted = redactBody([later, TUNNEL, { result: btoa(JSON.stringify({ t: TUNNEL.replace('c1', 'b1') })) }])
    expect(redacted).toEqual([
      placeholders[0],
      placeholders[1],
      { result: btoa(JSON.stringify({ t: placeholders[2] })) },
    ])
  })

  it('removes credentials, and replaces values in path, query and body', () => {
    const request = {
      path: `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`,
      query: { uuid: TUNNEL },
      headers: {
        Authorization: 'Bearer abc',
        'X-Auth-Key': 'def',
        'X-Api-Key': 'g',
        Cookie: 'h',
        'api-version': '2026-01-01',
      },
      body: { tunnel_secret: SECRET },
    }
    const recording = redactRecording(recordingOf(request, {}))

    expect(recording).toEqual(
      recordingOf(
        {
          path: `/accounts/${PLACEHOLDER.account}/cfd_tunnel/${PLACEHOLDER.tunnel}`,
          query: { uuid: PLACEHOLDER.tunnel },
          headers: { 'api-version': '2026-01-01' },
          body: { tunnel_secret: PLACEHOLDER.secret },
        },
        {},
      ),
    )
  })

  it('changes nothing in a redacted recording', () => {
    const once = redactRecording(
      recordingOf({}, [TOKEN, { token: JWT }, { result: 'v2.abcdef', SECRET }, TUNNEL, ACCOUNT]),
    )

    expect(isRedacted(once)).toBe(true)
    expect(isRedacted(recordingOf({}, TUNNEL))).toBe(false)
  })
})
