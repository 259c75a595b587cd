import { describe, expect, it } from 'vitest'
import type { RecordBatchResult } from '../../../schemas/dns-record.ts'
import { startZone, UNKNOWN_RECORD } from '../../support/zone.ts'

describe('a batch of changes', { tags: ['dns_batch_order', 'dns_batch_atomic'] }, () => {
  it('deletes, patches, puts and posts in this order', { tags: ['dns_batch_order'] }, async () => {
    const { add, records, list } = await startZone()
    const [a, b, c] = [
      await add({ type: 'A', name: 'a', content: '203.0.113.1' }),
      await add({ type: 'TXT', name: 'b', content: 'b' }),
      await add({ type: 'TXT', name: 'c', content: 'c', comment: 'goes' }),
    ]
    const { status, result } = await records.post<RecordBatchResult>('/batch', {
      posts: [{ type: 'TXT', name: 'c', content: 'c' }],
      puts: [{ id: c.id, type: 'TXT', name: 'd', content: 'd' }],
      patches: [{ id: b.id.toUpperCase(), type: 'CNAME', name: 'a', content: 'x.example.net' }],
      deletes: [{ id: a.id }],
    })

    expect(status).toBe(200)
    expect(result).toMatchObject({
      deletes: [a],
      patches: [{ id: b.id, name: 'a.example.com', type: 'CNAME' }],
      puts: [{ id: c.id, name: 'd.example.com', comment: null }],
      posts: [{ name: 'c.example.com', content: 'c' }],
    })
    expect((await list()).map(({ name }) => name)).toEqual(['a.example.com', 'c.example.com', 'd.example.com'])
  })

  it('returns empty lists for those that were not sent', { tags: ['dns_batch_lists'] }, async () => {
    const { records } = await startZone()

    expect((await records.post('/batch', {})).result).toEqual({ deletes: [], patches: [], puts: [], posts: [] })
  })

  it.each([
    ['an invalid content', { posts: [{ type: 'A', name: 'bad', content: 'x' }] }, 400, 9005],
    ['a conflict in itself', { posts: [{ type: 'TXT', name: 'good', content: 'x' }] }, 400, 81058],
    ['an unknown record', { patches: [{ id: UNKNOWN_RECORD }] }, 404, 81044],
  ])('with %s changes nothing', { tags: ['dns_batch_atomic'] }, async (_what, batch, status, code) => {
    const { add, records, names, emulator } = await startZone()
    const { id } = await add({ type: 'TXT', name: 'old', content: 'x' })
    const good = { type: 'TXT', name: 'good', content: 'x' }
    const body = { ...batch, deletes: [{ id }], posts: [good, ...('posts' in batch ? batch.posts : [])] }

    expect(await records.post('/batch', body)).toMatchObject({ status, errors: [{ code }], result: null })
    expect(await names()).toEqual(['old'])
    expect((await records.get('')).result_info.total_count).toBe(1)
    const types = (await emulator.control.listEvents()).map(({ type }) => type)
    expect(types.filter(type => type.startsWith('dns_record'))).toEqual(['dns_record_created'])
  })

  it.each([
    ['free', 200],
    ['pro', 3500],
  ] as const)('on %s has at most %d records', { tags: ['dns_limits', 'dns_batch_too_large'] }, async (plan, max) => {
    const { records } = await startZone({}, { plan })
    const batch = (count: number) => ({
      posts: Array.from({ length: count }, (_, index) => ({ type: 'TXT', name: `n${index}`, content: 'x' })),
    })

    expect((await records.post('/batch', batch(max + 1))).errors).toMatchObject([{ code: 9207 }])
    expect((await records.post('/batch', batch(max))).status).toBe(200)
  })

  it('without ids of records is refused', async () => {
    const { records } = await startZone()

    expect(await records.post('/batch', { deletes: [{}] })).toMatchObject({ status: 400, errors: [{ code: 9207 }] })
    expect(await records.post('/batch', { posts: {} })).toMatchObject({ status: 400, errors: [{ code: 9207 }] })
  })
})
