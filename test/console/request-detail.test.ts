import { describe, expect, test } from 'vitest'
import { curlOfRequest, missingPart, urlOf } from '../../console/pages/requests/curl.ts'
import { likelyField } from '../../console/pages/requests/likely-field.ts'

const BASE = 'http://127.0.0.1:8844/client/v4'

describe('a request as curl', () => {
  test('has the token as a variable, and quotes for the shell', () => {
    const sent = { method: 'POST', path: '/accounts/a/cfd_tunnel', query: {}, body: { name: "it's" } }

    expect(curlOfRequest(sent, BASE)).toBe(
      `curl -X POST ${BASE}/accounts/a/cfd_tunnel -H "Authorization: Bearer $CLOUDFLARE_API_TOKEN"` +
        ` -H 'Content-Type: application/json' -d '{"name":"it'\\''s"}'`,
    )
  })

  test('of a GET repeats its query', () => {
    const query = { per_page: '5', status: ['down', 'degraded'] }

    expect(urlOf({ path: '/x', query }, BASE)).toBe(`${BASE}/x?per_page=5&status=down&status=degraded`)
  })

  test('says what the log does not have', () => {
    const sent = { method: 'POST', path: '/x', query: {}, body: null }

    expect(missingPart({ ...sent, body: { name: 'blog' } })).toBeUndefined()
    expect(missingPart({ ...sent, body: '[no JSON, 8 characters]' })).toContain('[no JSON, 8 characters]')
    expect(missingPart({ ...sent, body: { tunnel_secret: '[redacted]' } })).toContain('no secrets')
  })
})

describe('the likely field of an unread key', () => {
  const FIELDS = ['query.status', 'query.per_page', 'body.name', 'body.config_src', 'body.posts[].content']

  test('is the nearest one in the same place', () => {
    expect(likelyField('body.nmae', FIELDS)).toBe('name')
    expect(likelyField('body.configSrc', FIELDS)).toBe('config_src')
    expect(likelyField('query.per_pages', FIELDS)).toBe('per_page')
    expect(likelyField('body.posts[3].contents', FIELDS)).toBe('content')
  })

  test('is unknown if no field is near', () => {
    expect(likelyField('body.colour', FIELDS)).toBeUndefined()
    expect(likelyField('query.name', FIELDS)).toBeUndefined()
    expect(likelyField('body', FIELDS)).toBeUndefined()
  })
})
