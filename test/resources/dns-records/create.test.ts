import { describe, expect, it } from 'vitest'
import { startZone, ZONE_ID } from '../../support/zone.ts'

const KEYS = [
  ...['id', 'name', 'type', 'content', 'proxiable', 'proxied', 'ttl', 'settings', 'meta', 'comment', 'tags'],
  ...['created_on', 'modified_on'],
]

describe('create a record', { tags: ['dns_record_keys'] }, () => {
  it('returns the keys of a recording and the defaults', { tags: ['dns_record_keys', 'dns_defaults'] }, async () => {
    const { post } = await startZone()
    const { status, headers, result, ...body } = await post({ type: 'A', name: 'www', content: '203.0.113.7' })

    expect(status).toBe(200)
    expect(headers['cache-control']).toBeUndefined()
    expect(Object.keys({ result, ...body })).toEqual(['result', 'success', 'errors', 'messages'])
    expect(Object.keys(result)).toEqual(KEYS)
    expect(result).toMatchObject({ ttl: 1, proxied: false, settings: {}, meta: {}, comment: null, tags: [] })
    expect(result.id).toMatch(/^[0-9a-f]{32}$/)
    expect(result.created_on).toBe(result.modified_on)
  })

  it('puts the priority of an MX record after its content, also if it is 0', {
    tags: ['dns_record_keys', 'dns_priority'],
  }, async () => {
    const { add } = await startZone()
    const record = await add({ type: 'MX', name: '@', content: 'mx.example.net', priority: 0 })

    expect(record.priority).toBe(0)
    expect(Object.keys(record)).toEqual(KEYS.toSpliced(4, 0, 'priority'))
    expect(await add({ type: 'TXT', name: 'a', content: 'x', priority: 5 })).not.toHaveProperty('priority')
  })

  it.each([
    ['2026-01-01T00:00:00.120300Z', '2026-01-01T00:00:00.1203Z'],
    ['2026-01-01T00:00:10Z', '2026-01-01T00:00:10Z'],
  ])('at %s has the time %s', { tags: ['dns_record_times'] }, async (clock, time) => {
    const { add } = await startZone({ clock })

    expect(await add({ type: 'TXT', name: 'a', content: 'x' })).toMatchObject({ created_on: time, modified_on: time })
  })

  it('has a time of change for a comment and for tags', { tags: ['dns_modified_on', 'dns_limits'] }, async () => {
    const { add } = await startZone({ clock: '2026-01-01T00:00:00Z' }, { plan: 'pro' })
    const record = await add({ type: 'TXT', name: 'a', content: 'x', comment: 'why', tags: ['owner:dns'] })

    expect(record).toMatchObject({
      comment: 'why',
      tags: ['owner:dns'],
      comment_modified_on: record.created_on,
      tags_modified_on: record.created_on,
    })
  })

  it('without a body of its model is refused with the error of this service', async () => {
    const { records, codes } = await startZone()

    expect(await codes({ type: 'A', name: 'a', content: ['203.0.113.7'] })).toEqual([9207])
    expect(await codes({ type: 'A', name: 'a', content: '203.0.113.7', ttl: '300' })).toEqual([9207])
    expect(await codes({ type: 'SPF', name: 'a', content: 'x' })).toEqual([9207])
    expect(await records.post('', '{"type":')).toMatchObject({ status: 400, errors: [{ code: 9207 }] })
    expect(await records.get('?page=0')).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })

  it('ignores null and unknown keys', async () => {
    const { codes } = await startZone()

    expect(
      await codes({ id: '', type: 'TXT', name: 'a', content: 'x', data: null, created_on: '0001-01-01T00:00:00Z' }),
    ).toEqual([])
  })
})

describe('the name of a record', { tags: ['dns_zone_appended'] }, () => {
  it.each([
    ['www', 'www.example.com'],
    ['a.b', 'a.b.example.com'],
    ['@', 'example.com'],
    ['example.com', 'example.com'],
    ['www.example.com', 'www.example.com'],
    ['www.example.org', 'www.example.org.example.com'],
    ['notexample.com', 'notexample.com.example.com'],
  ])('%s is stored as %s', { tags: ['dns_zone_appended'] }, async (name, stored) => {
    expect((await (await startZone()).add({ type: 'TXT', name, content: 'x' })).name).toBe(stored)
  })

  it.each([
    ['WWW.Example.COM', 'www.example.com'],
    ['bücher', 'xn--bcher-kva.example.com'],
    ['*.BÜCHER', '*.xn--bcher-kva.example.com'],
  ])('%s is stored as %s', { tags: ['dns_punycode'] }, async (name, stored) => {
    expect((await (await startZone()).add({ type: 'TXT', name, content: 'x' })).name).toBe(stored)
  })

  it.each([
    ['www.', 'www.example.com'],
    ['www.example.com.', 'www.example.com'],
  ])('%s is stored as %s', { tags: ['dns_name_final_dot'] }, async (name, stored) => {
    expect((await (await startZone()).add({ type: 'TXT', name, content: 'x' })).name).toBe(stored)
  })

  it.each(['*', 'a.*.b', '-a-', '_dmarc', '1', '10.20'])('may be %s', { tags: ['dns_name_lenient'] }, async name => {
    expect((await (await startZone()).add({ type: 'TXT', name, content: 'x' })).name).toBe(`${name}.example.com`)
  })

  it.each(['', '.', '.a', 'a..b', 'a b', '..', `${'a'.repeat(64)}`, 'a.'.repeat(125)])(
    'may not be "%s"',
    { tags: ['dns_name_invalid', 'dns_empty_name_refused'] },
    async name => {
      const { post } = await startZone()

      expect(await post({ type: 'A', name, content: '203.0.113.7' })).toMatchObject({
        status: 400,
        errors: [{ code: 9000, message: 'DNS name is invalid.' }],
        result: null,
      })
    },
  )
})

describe('the limits of a plan', { tags: ['dns_limits'] }, () => {
  it.each([
    ['free', 59, [9021]],
    ['free', 60, []],
    ['free', 86_400, []],
    ['free', 86_401, [9021]],
    ['free', 0, [9021]],
    ['business', 59, [9021]],
    ['enterprise', 30, []],
    ['enterprise', 29, [9021]],
  ] as const)('on %s answer the TTL %d with %j', async (plan, ttl, expected) => {
    const { codes } = await startZone({}, { plan })

    expect(await codes({ type: 'A', name: 'a', content: '203.0.113.7', ttl })).toEqual(expected)
  })

  it.each([
    ['free', 100, []],
    ['free', 101, [9313]],
    ['pro', 500, []],
    ['pro', 501, [9313]],
  ] as const)('on %s answer a comment of %d characters with %j', async (plan, length, expected) => {
    const { codes } = await startZone({}, { plan })

    expect(await codes({ type: 'A', name: 'a', content: '203.0.113.7', comment: '🙂'.repeat(length) })).toEqual(
      expected,
    )
  })

  it.each([
    ['free', 0, []],
    ['free', 1, [9300]],
    ['pro', 20, []],
    ['pro', 21, [9300]],
  ] as const)('on %s answer %d tags with %j', async (plan, count, expected) => {
    const { codes } = await startZone({}, { plan })
    const tags = Array.from({ length: count }, (_, index) => `tag:${index}`)

    expect(await codes({ type: 'A', name: 'a', content: '203.0.113.7', tags })).toEqual(expected)
  })

  it.each([
    ['2024-08-31T00:00:00Z', 1000],
    ['2024-09-01T00:00:00Z', 200],
  ])('let a free zone of %s have %d records', async (created_on, count) => {
    const dns_records = Array.from({ length: count }, (_, index) => ({
      type: 'TXT' as const,
      name: `n${index}`,
      content: 'x',
    }))
    const seed = [{ zones: [{ name: 'example.com', id: ZONE_ID, created_on }], dns_records: dns_records.slice(1) }]
    const { codes } = await startZone({ seed })

    expect(await codes({ type: 'TXT', name: 'last', content: 'x' })).toEqual([])
    expect(await codes({ type: 'TXT', name: 'more', content: 'x' })).toEqual([81045])
  })
})

describe('proxied records', { tags: ['dns_proxied_ttl', 'dns_proxiable'] }, () => {
  it('have the TTL 1, whatever was sent', { tags: ['dns_proxied_ttl'] }, async () => {
    const { add } = await startZone()

    expect((await add({ type: 'A', name: 'a', content: '203.0.113.7', proxied: true, ttl: 300 })).ttl).toBe(1)
  })

  it.each([
    ['A', '203.0.113.7', true],
    ['A', '192.0.2.0', true],
    ['A', '127.0.0.1', false],
    ['A', '10.1.2.3', false],
    ['A', '172.16.0.1', false],
    ['A', '172.32.0.1', true],
    ['A', '192.168.1.1', false],
    ['A', '1.1.1.1', false],
    ['AAAA', '2001:db8::1', true],
    ['AAAA', '100::', true],
    ['AAAA', '::1', false],
    ['AAAA', 'fd00::1', false],
    ['CNAME', 'x.cfargotunnel.com', true],
    ['CNAME', '_x.abc.acm-validations.aws', false],
    ['TXT', 'x', false],
    ['NS', 'ns.example.net', false],
  ] as const)('of type %s to %s are possible: %s', { tags: ['dns_proxiable'] }, async (type, content, proxiable) => {
    const { add, codes } = await startZone()

    expect((await add({ type, name: 'a', content })).proxiable).toBe(proxiable)
    const refusal = ['A', 'AAAA', 'CNAME'].includes(type) ? 9003 : 9004
    expect(await codes({ type, name: 'b', content, proxied: true })).toEqual(proxiable ? [] : [refusal])
  })

  it('have no flattening by default, unlike a CNAME that is not proxied', { tags: ['dns_settings'] }, async () => {
    const { add } = await startZone()
    const settingsOf = async (name: string, proxied: boolean) =>
      (await add({ type: 'CNAME', name, content: 'a.example.net', proxied })).settings

    expect(await settingsOf('a', false)).toEqual({ flatten_cname: false })
    expect(await settingsOf('b', true)).toEqual({})
  })
})

describe('several errors', { tags: ['dns_several_errors'] }, () => {
  it('come in one answer', async () => {
    const { codes } = await startZone()

    expect(await codes({ type: 'MX', name: 'a', content: '203.0.113.7' })).toEqual([9100, 9009])
    expect(await codes({ type: 'A', name: '', content: 'x', ttl: 5, tags: ['a'] })).toEqual([9000, 9005, 9021, 9300])
    expect(await codes({})).toEqual([9100, 9100])
    expect(await codes({ type: 'A' })).toEqual([9100, 9100])
  })
})
