import { describe, expect, it } from 'vitest'
import type { Exchange, Recording } from '../../schemas/recording.ts'
import { redactedRecording } from '../../scripts/recording/redact.ts'
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

const STAND_IN = {
  account: '00000000000000000000000000000001',
  tunnel: '00000000-0000-4000-8000-000000000001',
  secret: btoa('redacted secret 1...............'),
}

function recordingOf(request: Partial<Exchange['request']>, body: unknown): Recording {
  return {
    version: 1,
    steps: [{ request: { method: 'GET', path: '/', ...request }, response: { status: 200, body } }],
  }
}

/** The body of an answer after redaction. */
function redacted(body: unknown): unknown {
  const [step] = redactedRecording(recordingOf({}, body)).steps
  return step && 'response' in step ? step.response.body : undefined
}

describe('a redacted recording', () => {
  it.each<[string, unknown, unknown]>([
    ['accounts', { account_tag: ACCOUNT }, { account_tag: STAND_IN.account }],
    ['tunnels', [TUNNEL, { id: TUNNEL }], [STAND_IN.tunnel, { id: STAND_IN.tunnel }]],
    [
      'ids in texts',
      { message: `no ${TUNNEL} in ${ACCOUNT}.` },
      { message: `no ${STAND_IN.tunnel} in ${STAND_IN.account}.` },
    ],
    ['secrets', { TunnelSecret: SECRET }, { TunnelSecret: STAND_IN.secret }],
    ['addresses', { origin_ip: '203.0.113.7' }, { origin_ip: '192.0.2.1' }],
    ['e-mails', { note: 'by ann@corp.example' }, { note: 'by person1@example.com' }],
    ['tokens that nobody can open', { result: 'v2.abcdef' }, { result: 'redacted-token-1' }],
    [
      'what is in the token of a tunnel',
      { result: TOKEN },
      { result: btoa(JSON.stringify({ a: STAND_IN.account, t: STAND_IN.tunnel, s: STAND_IN.secret })) },
    ],
    ['nothing else', { name: 'blog', version: 1, created_at: '2026-09-29T07:05:39.497020Z' }, undefined],
    ['no secret that is too short to be one', { tunnel_secret: 'c2hvcnQ=' }, undefined],
  ])('has a stand-in for %s', (_name, body, expected = body) => {
    expect(redacted(body)).toEqual(expected)
  })

  it('keeps what a JWT claims, and neither who nor the signature', () => {
    const [head, claims = '', signature] = String(Object(redacted({ token: JWT })).token).split('.')

    expect([head, signature]).toEqual(['eyJhbGciOiJFUzI1NiJ9', 'redacted1'])
    expect(JSON.parse(Buffer.from(claims, 'base64url').toString())).toEqual({
      tun: { id: STAND_IN.tunnel, account_tag: STAND_IN.account },
      actor: { id: 'person1@example.com' },
      iss: 'tunnelstore',
      exp: 1,
    })
  })

  it('has the same for the same, and another for another', () => {
    const other = TUNNEL.replace('c1', 'c2')

    expect(redacted([TUNNEL, other, TUNNEL.toUpperCase()])).toEqual([
      STAND_IN.tunnel,
      '00000000-0000-4000-8000-000000000002',
      STAND_IN.tunnel,
    ])
  })

  it('has no credential, and nothing secret in path, query and body', () => {
    const request = {
      path: `/accounts/${ACCOUNT}/cfd_tunnel/${TUNNEL}`,
      query: { uuid: TUNNEL },
      headers: { Authorization: 'Bearer abc', 'X-Auth-Key': 'def', 'api-version': '2026-01-01' },
      body: { tunnel_secret: SECRET },
    }
    const recording = redactedRecording(recordingOf(request, {}))

    expect(recording).toEqual(
      recordingOf(
        {
          path: `/accounts/${STAND_IN.account}/cfd_tunnel/${STAND_IN.tunnel}`,
          query: { uuid: STAND_IN.tunnel },
          headers: { 'api-version': '2026-01-01' },
          body: { tunnel_secret: STAND_IN.secret },
        },
        {},
      ),
    )
  })

  it('stays as it is when it is redacted again', () => {
    const once = redactedRecording(
      recordingOf({}, [TOKEN, { token: JWT }, { result: 'v2.abcdef', SECRET }, TUNNEL, ACCOUNT]),
    )

    expect(isRedacted(once)).toBe(true)
    expect(isRedacted(recordingOf({}, TUNNEL))).toBe(false)
  })
})
