import { describe, expect, it } from 'vitest'
import type { RecordType } from '../../../schemas/dns-record.ts'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import { startZone } from '../../support/zone.ts'

describe('the content of a record', { tags: ['dns_content_lower', 'dns_content_final_dot'] }, () => {
  it.each([
    ['A', '203.0.113.7', '203.0.113.7'],
    ['AAAA', '2001:DB8::ABCD', '2001:db8::abcd'],
    ['CNAME', 'Target.Example.net', 'target.example.net'],
    ['CNAME', 'target.example.net.', 'target.example.net'],
    ['CNAME', '_a.*.bücher.example', '_a.*.xn--bcher-kva.example'],
    ['NS', 'NS1.example.net.', 'ns1.example.net'],
    ['PTR', 'host.example.net.', 'host.example.net'],
  ] as const)('of type %s %s is stored as %s', async (type, content, stored) => {
    expect((await (await startZone()).add({ type, name: 'a', content })).content).toBe(stored)
  })

  it('of an MX record may be a dot', async () => {
    const { add } = await startZone()

    expect(await add({ type: 'MX', name: '@', content: '.', priority: 0 })).toMatchObject({ content: '.', priority: 0 })
  })

  it.each(['v=spf1 -all', '"heritage=external-dns"', '{"a": [1, "ü"]}', ' spaces ', 'UPPER'])(
    'of a TXT record stays %s',
    { tags: ['dns_txt_verbatim'] },
    async content => {
      expect((await (await startZone()).add({ type: 'TXT', name: 'a', content })).content).toBe(content)
    },
  )

  it.each([
    [4080, []],
    [4081, [9015]],
  ])('of %d bytes is answered with %j', { tags: ['dns_wire_length'] }, async (length, expected) => {
    expect(await (await startZone()).codes({ type: 'TXT', name: 'a', content: 'x'.repeat(length) })).toEqual(expected)
  })

  it.each([
    ['A', 'not-an-ip', [9005]],
    ['A', '2606:4700::1111', [9005]],
    ['A', '203.0.113', [9005]],
    ['A', '', [9005]],
    ['AAAA', '203.0.113.7', [9006]],
    ['CNAME', '"a.example.net"', [9007]],
    ['CNAME', 'a b', [9007]],
    ['CNAME', '203.0.113.7', [9007]],
    ['CNAME', 'http://a.example.net', [9007]],
    ['CNAME', '', [9007]],
    ['CNAME', 'a.example.com.', [9039]],
    ['CNAME', 'A.example.com', [9039]],
    ['NS', '203.0.113.7', [9007]],
    ['TXT', '', [9007]],
    ['A', undefined, [9100]],
  ] as const)('of type %s may not be %s: %j', async (type, content, expected) => {
    expect(await (await startZone()).codes({ type, name: 'a', content })).toEqual(expected)
  })

  it('of an MX record is a name, not an address', async () => {
    const { codes } = await startZone()

    expect(await codes({ type: 'MX', name: 'a', content: '203.0.113.7', priority: 1 })).toEqual([9009])
    expect(await codes({ type: 'MX', name: 'a', content: 'mx.example.net' })).toEqual([9100])
  })
})

const SMIMEA = { usage: 3, selector: 0, matching_type: 1, certificate: 'ab12' }

describe('components', { tags: ['dns_data_contents', 'dns_data_position'] }, () => {
  it.each<[RecordType, NonNullable<RecordChange['data']>, string]>([
    ['CAA', { flags: 0, tag: 'issue', value: 'letsencrypt.org' }, '0 issue "letsencrypt.org"'],
    ['CERT', { type: 9, key_tag: 1, algorithm: 2, certificate: 'abc=' }, '9 1 2 abc='],
    ['DNSKEY', { flags: 257, protocol: 3, algorithm: 13, public_key: 'abc=' }, '257 3 13 abc='],
    ['DS', { key_tag: 1, algorithm: 13, digest_type: 2, digest: 'ab12' }, '1 13 2 ab12'],
    [
      'NAPTR',
      { order: 100, preference: 10, flags: 'S', service: 'SIP+D2U', regex: '', replacement: '_sip._udp.example.com' },
      '100 10 "S" "SIP+D2U" "" _sip._udp.example.com',
    ],
    ['SMIMEA', SMIMEA, '3 0 1 ab12'],
    ['SSHFP', { algorithm: 4, type: 2, fingerprint: 'ab12' }, '4 2 ab12'],
    ['SVCB', { priority: 0, target: 'svc.example.net' }, '0 svc.example.net'],
    ['TLSA', SMIMEA, '3 0 1 ab12'],
  ])('of type %s %j become %s', async (type, data, content) => {
    const { add } = await startZone()
    const record = await add({ type, name: 'a', data })

    expect(record).toMatchObject({ data, content, proxiable: false })
    expect(Object.keys(record).indexOf('data')).toBe(Object.keys(record).indexOf('ttl') + 1)
  })

  it('of an HTTPS record become its content', { tags: ['dns_https_content'] }, async () => {
    const { add } = await startZone()

    expect(
      (await add({ type: 'HTTPS', name: 'a', data: { priority: 1, target: '.', value: 'alpn="h2"' } })).content,
    ).toBe('1 . alpn="h2"')
  })

  it('of an SRV record become its content without the priority', { tags: ['dns_srv_content'] }, async () => {
    const { add } = await startZone()
    const data = { priority: 10, weight: 5, port: 8806, target: 'sip.example.net' }

    expect(await add({ type: 'SRV', name: '_sip._tcp', data })).toMatchObject({
      content: '5 8806 sip.example.net',
      priority: 10,
      data,
    })
  })

  it('of a LOC record get fixed decimals', { tags: ['dns_loc_content'] }, async () => {
    const { add } = await startZone()
    const data = {
      ...{ lat_degrees: 37, lat_minutes: 46, lat_seconds: 46, lat_direction: 'N' },
      ...{ long_degrees: 122, long_minutes: 23, long_seconds: 35.5, long_direction: 'W' },
      ...{ altitude: 0, size: 100 },
    }

    expect((await add({ type: 'LOC', name: 'a', data })).content).toBe(
      '37 46 46.000 N 122 23 35.500 W 0.00m 100.00m 0.00m 0.00m',
    )
  })

  it('of a URI record come with a priority', { tags: ['dns_priority', 'dns_data_contents'] }, async () => {
    const { add, codes } = await startZone()
    const uri = { type: 'URI', name: 'a', data: { weight: 1, target: 'https://example.net/' } } as const

    expect(await codes(uri)).toEqual([9100])
    expect(await add({ ...uri, priority: 10 })).toMatchObject({ content: '1 "https://example.net/"', priority: 10 })
  })

  it('may have numbers as text, which stay text', { tags: ['dns_data_numbers'] }, async () => {
    const { add } = await startZone()

    expect(
      (await add({ type: 'CAA', name: 'a', data: { flags: '128', tag: 'issue', value: ';' } })).data,
    ).toMatchObject({
      flags: '128',
    })
  })

  it.each([
    [{ type: 'SRV', content: '1 2 a.example.net' }, [9100]],
    [{ type: 'CAA', data: {} }, [9100, 9100, 9100]],
    [{ type: 'CAA', data: { flags: 'many', tag: 'issue', value: ';' } }, [9007]],
    [{ type: 'CAA', data: { flags: 70_000, tag: 'issue', value: ';' } }, [9007]],
    [{ type: 'SRV', data: { priority: 1, weight: 1, port: 1.5, target: 'a' } }, [9007]],
    [{ type: 'SRV', data: { priority: 1, weight: 1, port: 1, target: 5 } }, [9007]],
    [{ type: 'SRV', data: [] }, [9207]],
    [{ type: 'SRV', data: { port: true } }, [9207]],
  ])('%j are refused with %j', async (record, expected) => {
    expect(await (await startZone()).codes({ name: 'a', ...record })).toEqual(expected)
  })
})
