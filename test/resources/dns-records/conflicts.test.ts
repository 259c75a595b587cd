import { describe, expect, it } from 'vitest'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import { startZone } from '../../support/zone.ts'

const A: RecordChange = { type: 'A', name: 'x', content: '203.0.113.1' }
const AAAA: RecordChange = { type: 'AAAA', name: 'x', content: '2001:db8::1' }
const CNAME: RecordChange = { type: 'CNAME', name: 'x', content: 'a.example.net' }
const TXT: RecordChange = { type: 'TXT', name: 'x', content: 'text' }
const MX: RecordChange = { type: 'MX', name: 'x', content: 'mx.example.net', priority: 10 }
const NS: RecordChange = { type: 'NS', name: 'x', content: 'ns1.example.net' }
const DS: RecordChange = { type: 'DS', name: 'x', data: { key_tag: 1, algorithm: 13, digest_type: 2, digest: 'ab' } }

describe('records of one name', {
  tags: ['dns_host_exists', 'dns_cname_exists', 'dns_identical', 'dns_delegated'],
}, () => {
  it.each<[RecordChange, RecordChange, number[]]>([
    [A, CNAME, [81053]],
    [AAAA, CNAME, [81053]],
    [CNAME, CNAME, [81053]],
    [CNAME, { ...CNAME, content: 'b.example.net' }, [81053]],
    [CNAME, { ...CNAME, name: 'X.example.com', content: 'A.Example.NET.' }, [81053]],
    [CNAME, A, [81054]],
    [CNAME, AAAA, [81054]],
    [A, A, [81058]],
    [A, { ...A, name: 'X', ttl: 600, comment: 'other' }, [81058]],
    [AAAA, { ...AAAA, content: '2001:DB8::1' }, [81058]],
    [TXT, TXT, [81058]],
    [TXT, { ...TXT, ttl: 60 }, [81058]],
    [MX, MX, [81058]],
    [DS, DS, [81058]],
    [MX, { ...MX, priority: 20 }, []],
    [TXT, { ...TXT, content: 'TEXT' }, []],
    [A, { ...A, content: '203.0.113.2' }, []],
    [A, AAAA, []],
    [A, TXT, []],
    [CNAME, TXT, []],
    [TXT, CNAME, []],
    [NS, A, [81056]],
    [NS, CNAME, [81056]],
    [NS, TXT, [81056]],
    [NS, { ...NS, content: 'ns2.example.net' }, []],
    [NS, DS, []],
    [DS, NS, []],
    [A, NS, [81056]],
    [TXT, NS, [81056]],
  ])('%j and then %j: %j', async (first, second, expected) => {
    const { add, codes } = await startZone()
    await add(first)

    expect(await codes(second)).toEqual(expected)
  })

  it('may be an NS record and others at the apex', { tags: ['dns_delegation_at_apex'] }, async () => {
    const { add, codes } = await startZone()
    await add({ ...NS, name: '@' })

    expect(await codes({ ...A, name: '@' })).toEqual([])
    expect(await codes({ ...NS, name: '@', content: 'ns2.example.net' })).toEqual([])
    expect(await codes({ ...TXT, name: 'below' })).toEqual([])
  })

  it('may have 8192 characters together', { tags: ['dns_set_too_long'] }, async () => {
    const { add, codes } = await startZone()
    await add({ ...TXT, content: 'a'.repeat(4000) })
    await add({ ...TXT, content: 'b'.repeat(4000) })

    expect(await codes({ ...TXT, content: 'c'.repeat(193) })).toEqual([83011])
    expect(await codes({ ...TXT, content: 'c'.repeat(192) })).toEqual([])
  })
})

describe('a record below a delegation', { tags: ['dns_beneath_delegation'] }, () => {
  const start = async () => {
    const zone = await startZone()
    await zone.add({ type: 'NS', name: 'sub', content: 'ns.sub.example.com' })
    return zone
  }

  it.each<[RecordChange, number[]]>([
    [{ ...A, name: 'ns.sub' }, []],
    [{ ...AAAA, name: 'ns.sub' }, []],
    [{ ...A, name: 'www.sub' }, [89018]],
    [{ ...CNAME, name: 'www.sub' }, [89018]],
    [{ ...TXT, name: 'ns.sub' }, [89018]],
    [{ ...TXT, name: 'a.b.sub' }, [89018]],
    [{ ...NS, name: 'deeper.sub' }, [89018]],
    [{ ...TXT, name: 'notsub' }, []],
  ])('%j: %j', async (record, expected) => {
    expect(await (await start()).codes(record)).toEqual(expected)
  })

  it('that is older than the delegation may change, but not move there', async () => {
    const { add, records } = await startZone()
    const { id } = await add({ ...TXT, name: 'www.sub' })
    const { id: outside } = await add({ ...TXT, name: 'www' })
    await add({ type: 'NS', name: 'sub', content: 'ns.sub.example.com' })

    expect((await records.patch(`/${id}`, { comment: 'still here' })).status).toBe(200)
    expect(await records.patch(`/${outside}`, { name: 'moved.sub' })).toMatchObject({ errors: [{ code: 89018 }] })
  })
})

describe('a record', { tags: ['dns_identical'] }, () => {
  it('never conflicts with itself', async () => {
    const { add, records } = await startZone()
    const { id } = await add(CNAME)
    const { id: other } = await add({ ...A, name: 'y' })

    expect((await records.put(`/${id}`, { ...CNAME, proxied: true })).status).toBe(200)
    expect((await records.patch(`/${other}`, { content: A.content })).status).toBe(200)
  })

  it('conflicts after a change as well', async () => {
    const { add, records } = await startZone()
    await add(A)
    const { id } = await add({ ...A, name: 'y' })

    expect(await records.patch(`/${id}`, { name: 'x' })).toMatchObject({ status: 400, errors: [{ code: 81058 }] })
    expect(await records.put(`/${id}`, CNAME)).toMatchObject({ status: 400, errors: [{ code: 81053 }] })
  })

  it('frees its name when it is deleted', async () => {
    const { add, records, codes } = await startZone()
    const { id } = await add(A)
    await records.delete(`/${id}`)

    expect(await codes(CNAME)).toEqual([])
  })
})
