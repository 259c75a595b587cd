import { describe, expect, it } from 'vitest'
import type { DnsRecord } from '../../../schemas/dns-record.ts'
import type { State } from '../../../schemas/state.ts'
import type { StateDnsRecord } from '../../../schemas/state-dns-record.ts'
import { createEmulator } from '../../../src/emulator/emulator.ts'
import { startZone, ZONE_ID } from '../../support/zone.ts'

const ZONES = [
  { name: 'example.com', id: ZONE_ID, plan: 'pro' as const, created_on: '2020-01-01T00:00:00Z' },
  { name: 'b.example', id: 'b'.repeat(32) },
]

async function exported(dns_records: StateDnsRecord[], zones = ZONES) {
  const { emulator } = await startZone({ seed: [{ zones, dns_records }], clock: '2026-01-01T00:00:00Z' })
  const state = (await emulator.control.getState()) as State
  return { emulator, state, records: state.dns_records }
}

describe('records in a seed', { tags: ['dns_record_keys'] }, () => {
  it('need a type, a name and a content, and a zone if there are several', async () => {
    const { records } = await exported([{ zone: 'Example.com', type: 'A', name: 'WWW', content: '203.0.113.1' }])

    expect(records).toEqual([
      {
        ...{ id: expect.stringMatching(/^[0-9a-f]{32}$/), zone_id: ZONE_ID, type: 'A', name: 'www.example.com' },
        ...{ content: '203.0.113.1', priority: null, data: null, ttl: 1, proxied: false, settings: {} },
        ...{ comment: null, tags: [], comment_modified_on: null, tags_modified_on: null },
        ...{ created_on: '2020-01-01T00:00:00.000000Z', modified_on: '2020-01-01T00:00:00.000000Z' },
      },
    ])
  })

  it('belong to example.com if a seed names no zone', async () => {
    const { list } = await startZone({ seed: [{ dns_records: [{ type: 'TXT', name: 'a', content: 'x' }] }] })

    expect(await list()).toMatchObject([{ name: 'a.example.com' }])
  })

  it('survive a state that is read and put back', async () => {
    const { emulator, state } = await exported([
      { zone_id: ZONE_ID, type: 'MX', name: '@', content: 'mx.example.net', priority: 0, created_on: '-1d' },
      { zone_id: ZONE_ID, type: 'TXT', name: 'a', content: 'new', comment: 'x', tags: ['a:b'], created_on: '-1h' },
      { zone_id: ZONE_ID, type: 'TXT', name: 'a', content: 'old', created_on: '-2d', modified_on: '-1m' },
      {
        ...{ zone_id: 'B'.repeat(32), type: 'SRV', name: '_a._tcp', ttl: 60 },
        data: { priority: 1, weight: 2, port: 3, target: 'a.example.net' },
      },
      { zone: 'b.example', type: 'CNAME', name: 'c', content: 'a.example.net', settings: { flatten_cname: true } },
    ])
    await emulator.control.putState(state)

    expect(await emulator.control.getState()).toEqual(state)
  })

  it('with a later time of creation are newer', { tags: ['dns_order'] }, async () => {
    const record = { zone_id: ZONE_ID, type: 'TXT', name: 'a' } as const
    const { list } = await startZone({
      seed: [
        {
          zones: ZONES,
          dns_records: [
            { ...record, content: 'newest', created_on: '-1m' },
            { ...record, content: 'oldest', created_on: '-3m' },
            { ...record, content: 'middle', created_on: '-2m' },
          ],
        },
      ],
    })

    expect((await list()).map(({ content }) => content)).toEqual(['newest', 'middle', 'oldest'])
  })

  it('may stand below a delegation, because they may be older', async () => {
    const { records } = await exported([
      { zone_id: ZONE_ID, type: 'NS', name: 'sub', content: 'ns.example.net' },
      { zone_id: ZONE_ID, type: 'TXT', name: 'a.sub', content: 'x' },
    ])

    expect(records).toHaveLength(2)
  })

  it.each<[string, object[], string]>([
    ['no zone', [{ zone_id: undefined }], 'dns_records[0]: needs a zone or a zone_id, because there are several zones'],
    ['an unknown zone', [{ zone_id: 'c'.repeat(32) }], `dns_records[0]: there is no zone ${'c'.repeat(32)}`],
    [
      'an unknown name of a zone',
      [{ zone_id: undefined, zone: 'c.example' }],
      'dns_records[0]: there is no zone c.example',
    ],
    ['an invalid name', [{}, { name: 'a..b' }], 'dns_records[1]: DNS name is invalid.'],
    ['no content', [{ content: undefined }], 'dns_records[0]: content is a required field.'],
    ['an identical record', [{}, { id: 'a'.repeat(32) }], 'dns_records[1]: An identical record already exists.'],
    ['a CNAME beside it', [{}, { type: 'CNAME', content: 'b.example.net' }], 'dns_records[1]: An A, AAAA, or CNAME'],
    [
      'the same id',
      [{ id: 'a'.repeat(32) }, { id: 'A'.repeat(32), name: 'b' }],
      `dns_records[1].id: another record has the id ${'a'.repeat(32)}`,
    ],
  ])('with %s are rejected with the path', async (_what, changes, message) => {
    const dns_records = changes.map(one => ({ zone_id: ZONE_ID, type: 'A', name: 'a', content: '203.0.113.1', ...one }))

    await expect(
      createEmulator({ listen: false, seed: [{ zones: ZONES, dns_records: dns_records as StateDnsRecord[] }] }),
    ).rejects.toThrow(message)
  })

  it('need the id of their zone if several zones have the name', async () => {
    const zones = [
      { name: 'a.example', account_id: 'a'.repeat(32), id: 'a'.repeat(32) },
      { name: 'b.example', account_id: 'b'.repeat(32), id: 'b'.repeat(32) },
    ]
    const { records } = await exported([{ zone: 'b.example', type: 'TXT', name: 'a', content: 'x' }], zones as never)

    expect(records).toMatchObject([{ zone_id: 'b'.repeat(32) }])
  })
})

describe('records of a world', { tags: ['dns_record_keys', 'dns_permission_groups'] }, () => {
  it('emit events', async () => {
    const { emulator, add, records } = await startZone()
    const { id } = await add({ type: 'TXT', name: 'a', content: 'x' })
    await records.patch(`/${id}`, { content: 'y' })
    await records.delete(`/${id}`)
    const events = (await emulator.control.listEvents()).filter(({ type }) => type.startsWith('dns_record'))

    expect(events.map(({ type }) => type)).toEqual(['dns_record_created', 'dns_record_updated', 'dns_record_deleted'])
    expect(events[0]).toMatchObject({ zone_id: ZONE_ID, record_id: id, name: 'a.example.com', record_type: 'TXT' })
  })

  it('are part of forks, snapshots and resets', async () => {
    const { emulator, add, list, at } = await startZone()
    const { control } = emulator
    await add({ type: 'TXT', name: 'a', content: 'x' })
    await control.saveSnapshot({ name: 'one' })
    const { id: world } = await control.createWorld({ from: 'current' })
    await control.reset({})
    expect(await list()).toEqual([])

    const inFork = await emulator.inject({
      url: `/w/${world}/client/v4/zones/${ZONE_ID}/dns_records`,
      headers: { authorization: 'Bearer token' },
    })
    expect(inFork.json<{ result: DnsRecord[] }>().result).toMatchObject([{ content: 'x' }])
    await control.restoreSnapshot({ name: 'one' })
    expect((await at(`/zones/${ZONE_ID}/dns_records`).get('')).result_info.total_count).toBe(1)
  })

  it('fail as a fault says', async () => {
    const { emulator, post, records } = await startZone()
    await emulator.control.addFault({
      operation: 'dns-records-for-a-zone-create-dns-record',
      effect: { error: { status: 503, code: 1000 } },
    })

    expect((await post({ type: 'TXT', name: 'a', content: 'x' })).status).toBe(503)
    expect((await records.get('')).status).toBe(200)
  })

  it('with strict credentials require a permission for the zone', { tags: ['dns_permission_groups'] }, async () => {
    const credentials = [
      { token: 'reader', permissions: ['DNS Read'] },
      { token: 'writer', permissions: ['DNS Write'] },
      { token: 'elsewhere', zones: ['f'.repeat(32)], permissions: ['DNS Write'] },
      { token: 'zones', permissions: ['Zone Write'] },
    ]
    const { records } = await startZone({ auth: 'strict', seed: [{ zones: ZONES, credentials } as State] })
    const codesOf = async (token: string) => {
      const headers = { authorization: `Bearer ${token}` }
      const read = await records.get('', undefined, headers)
      const written = await records.post('', { type: 'TXT', name: token, content: 'x' }, headers)
      return [read, written].map(({ errors }) => errors[0]?.code)
    }

    expect(await codesOf('reader')).toEqual([undefined, 10000])
    expect(await codesOf('writer')).toEqual([undefined, undefined])
    expect(await codesOf('elsewhere')).toEqual([10000, 10000])
    expect(await codesOf('zones')).toEqual([10000, 10000])
  })
})
