import { describe, expect, it } from 'vitest'
import type { DnsRecord } from '../../../schemas/dns-record.ts'
import { startZone, UNKNOWN_RECORD } from '../../support/zone.ts'

async function start() {
  const zone = await startZone({ clock: '2026-01-01T00:00:00Z' }, { plan: 'pro' })
  const before = await zone.add({
    ...{ type: 'A', name: 'a', content: '203.0.113.1', ttl: 600, comment: 'stays', tags: ['owner:me'] },
    settings: { ipv4_only: true },
  })
  await zone.emulator.control.moveClock({ advance: '1m' })
  return { ...zone, before, path: `/${before.id}` }
}

const LATER = '2026-01-01T00:01:00Z'

describe('PATCH of a record', { tags: ['dns_patch_merges'] }, () => {
  it('keeps omitted fields', { tags: ['dns_patch_merges', 'dns_modified_on'] }, async () => {
    const { records, before, path } = await start()
    const { status, result } = await records.patch<DnsRecord>(path, { content: '203.0.113.3' })

    expect(status).toBe(200)
    expect(result).toEqual({ ...before, content: '203.0.113.3', modified_on: LATER })
    expect((await records.get(path)).result).toEqual(result)
  })

  it('keeps components and priority', async () => {
    const { records, add } = await start()
    const data = { priority: 1, weight: 1, port: 443, target: 'a.example.net' }
    const { id } = await add({ type: 'SRV', name: '_a._tcp', data })
    const { id: mx } = await add({ type: 'MX', name: 'a', content: 'mx.example.net', priority: 5 })

    expect((await records.patch(`/${id}`, { ttl: 60 })).result).toMatchObject({ data, priority: 1, ttl: 60 })
    expect((await records.patch(`/${mx}`, { ttl: 60 })).result).toMatchObject({ priority: 5 })
  })

  it('removes the comment if it is empty', { tags: ['dns_comment_empty'] }, async () => {
    const { records, path } = await start()
    const { result } = await records.patch(path, { comment: '', tags: ['owner:you'] })

    expect(result).toMatchObject({ comment: null, tags_modified_on: LATER })
    expect(result).not.toHaveProperty('comment_modified_on')
  })

  it('gives a TTL back to a record that is no longer proxied', { tags: ['dns_proxied_ttl'] }, async () => {
    const { records, path } = await start()

    expect((await records.patch(path, { proxied: true })).result).toMatchObject({ proxied: true, ttl: 1 })
    expect((await records.patch(path, { proxied: false, ttl: 300 })).result).toMatchObject({ proxied: false, ttl: 300 })
  })
})

describe('PUT of a record', { tags: ['dns_put_replaces'] }, () => {
  it('replaces all fields, and may change the name', async () => {
    const { records, before, path } = await start()
    const { result } = await records.put<DnsRecord>(path, { type: 'TXT', name: 'b', content: 'x' })

    expect(result).toEqual({
      ...{ id: before.id, name: 'b.example.com', type: 'TXT', content: 'x', proxiable: false, proxied: false },
      ...{ ttl: 1, settings: {}, meta: {}, comment: null, tags: [] },
      ...{ created_on: before.created_on, modified_on: LATER },
    })
  })

  it('requires type, name and content', async () => {
    const { records, path } = await start()

    expect((await records.put(path, {})).errors.map(({ message }) => message)).toEqual([
      'type is a required field.',
      'name is a required field.',
    ])
  })
})

describe('an unknown record', { tags: ['dns_record_unknown'] }, () => {
  it.each(['get', 'patch', 'put', 'delete'] as const)('is 404 for %s', async method => {
    const { records } = await start()
    const body = method === 'patch' || method === 'put' ? { type: 'TXT', name: 'a', content: 'x' } : undefined

    expect(await records[method](`/${UNKNOWN_RECORD}`, body)).toMatchObject({
      status: 404,
      errors: [{ code: 81044, message: 'Record does not exist.' }],
      result: null,
    })
  })

  it('is one of another zone, and one that was deleted', async () => {
    const { records, before, path, at } = await start()
    const elsewhere = at(`/zones/${'0'.repeat(32)}/dns_records`)

    expect((await elsewhere.get(path)).status).toBe(404)
    expect((await records.delete<DnsRecord>(path.toUpperCase())).result).toEqual({ id: before.id })
    expect((await records.get(path)).status).toBe(404)
  })

  it('is not one with a malformed id', async () => {
    const { records } = await start()

    expect(await records.get('/645577699')).toMatchObject({ status: 400, errors: [{ code: 7003 }] })
  })
})
