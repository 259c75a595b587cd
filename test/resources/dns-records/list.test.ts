import { describe, expect, it } from 'vitest'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import { startZone } from '../../support/zone.ts'

const TUNNEL = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415.cfargotunnel.com'

const RECORDS: readonly RecordChange[] = [
  { type: 'TXT', name: 'b', content: 'first', comment: 'Managed by Alpha', ttl: 120 },
  { type: 'CNAME', name: 'c', content: TUNNEL, proxied: true, tags: ['owner:Web', 'env:prod'] },
  { type: 'A', name: 'b', content: '203.0.113.44', proxied: true, comment: 'beta' },
  { type: 'TXT', name: 'b', content: 'second', ttl: 60 },
  { type: 'TXT', name: 'a', content: 'other', ttl: 3600, tags: ['owner:mail', 'draft'] },
]

async function start() {
  const zone = await startZone({ clock: '2026-01-01T00:00:00Z' }, { plan: 'pro' })
  for (const record of RECORDS) await zone.add(record)
  return { ...zone, contents: async (query: string) => (await zone.list(query)).map(({ content }) => content) }
}

const CONTENTS = { a: 'other', b1: 'first', b2: 'second', host: '203.0.113.44', tunnel: TUNNEL }
type Name = keyof typeof CONTENTS

describe('list records', { tags: ['dns_order', 'dns_filters'] }, () => {
  it('puts result first and result_info last', { tags: ['key_order', 'dns_page_size'] }, async () => {
    const { records } = await start()
    const { status, headers, ...body } = await records.get('')

    expect(status).toBe(200)
    expect(headers['cache-control']).toBeUndefined()
    expect(Object.keys(body)).toEqual(['result', 'success', 'errors', 'messages', 'result_info'])
    expect(Object.entries(body.result_info)).toEqual([
      ['page', 1],
      ['per_page', 100],
      ['count', 5],
      ['total_count', 5],
      ['total_pages', 1],
    ])
  })

  it('returns them by type and name, those of one name newest first', { tags: ['dns_order'] }, async () => {
    const { contents } = await start()

    expect(await contents('')).toEqual(['203.0.113.44', TUNNEL, 'other', 'second', 'first'])
  })

  it.each<[string, Name[]]>([
    ['order=name', ['a', 'b2', 'host', 'b1', 'tunnel']],
    ['order=name&direction=desc', ['tunnel', 'b2', 'host', 'b1', 'a']],
    ['direction=desc', ['a', 'b2', 'b1', 'tunnel', 'host']],
    ['order=ttl', ['host', 'tunnel', 'b2', 'b1', 'a']],
    ['order=content', ['host', 'tunnel', 'b1', 'a', 'b2']],
    ['order=proxied', ['a', 'b2', 'b1', 'host', 'tunnel']],
  ])('with %s returns %j', { tags: ['dns_direction'] }, async (query, expected) => {
    const { contents } = await start()

    expect(await contents(`?${query}`)).toEqual(expected.map(name => CONTENTS[name]))
  })

  it.each<[string, Name[]]>([
    ['name=b.example.com', ['host', 'b2', 'b1']],
    ['name=B.EXAMPLE.com', ['host', 'b2', 'b1']],
    ['name.exact=b.example.com&type=TXT', ['b2', 'b1']],
    ['name=b', []],
    ['name.contains=.EX', ['host', 'tunnel', 'a', 'b2', 'b1']],
    ['name.startswith=B.', ['host', 'b2', 'b1']],
    ['name.endswith=c.example.com', ['tunnel']],
    ['name.endswith=a-much-longer-name.c.example.com', []],
    ['name.endswith=', ['host', 'tunnel', 'a', 'b2', 'b1']],
    [`content=${TUNNEL.toUpperCase()}`, ['tunnel']],
    [`content.exact=${TUNNEL}`, ['tunnel']],
    ['content.contains=COND', ['b2']],
    ['content.startswith=f', ['tunnel', 'b1']],
    ['content.endswith=.cfargotunnel.com', ['tunnel']],
    ['comment=managed by alpha', ['b1']],
    ['comment.exact=Managed by', []],
    ['comment.contains=alpha', ['b1']],
    ['comment.startswith=BE', ['host']],
    ['comment.endswith=a', ['host', 'b1']],
    ['comment.present=', ['host', 'b1']],
    ['comment.absent=true', ['tunnel', 'a', 'b2']],
    ['type=CNAME', ['tunnel']],
    ['proxied=true', ['host', 'tunnel']],
    ['proxied=false', ['a', 'b2', 'b1']],
    ['tag=OWNER:web', ['tunnel']],
    ['tag.exact=owner:we', []],
    ['tag.present=Owner', ['tunnel', 'a']],
    ['tag.absent=owner', ['host', 'b2', 'b1']],
    ['tag.present=own', []],
    ['tag.present=draft', ['a']],
    ['tag.contains=owner:AI', ['a']],
    ['tag.startswith=owner:w', ['tunnel']],
    ['tag.endswith=env:d', ['tunnel']],
    ['tag=owner:mail&tag.present=env', []],
    ['tag=owner:mail&tag.present=env&tag_match=any', ['tunnel', 'a']],
    ['proxied=true&tag.present=owner', ['tunnel']],
    ['proxied=true&tag.present=draft&match=any', ['host', 'tunnel', 'a']],
    ['match=any', ['host', 'tunnel', 'a', 'b2', 'b1']],
    ['match=any&content=first&type=CNAME', ['tunnel', 'b1']],
    ['match=any&name=c.example.com&content=first', ['tunnel', 'b1']],
    ['name=b.example.com&content=first', ['b1']],
    ["content=' OR 1=1 --", []],
    ['colour=red', ['host', 'tunnel', 'a', 'b2', 'b1']],
  ])('with %s returns %j', { tags: ['dns_filters'] }, async (query, expected) => {
    const { records } = await start()
    const { result, result_info } = await records.get<{ content: string }[]>(`?${encodeURI(query)}`)

    expect(result.map(({ content }) => content)).toEqual(expected.map(name => CONTENTS[name]))
    expect(result_info.total_count).toBe(expected.length)
  })

  it.each<[string, Name[]]>([
    ['search=ALPHA', ['b1']],
    ['search=cfargo', ['tunnel']],
    ['search=owner', ['tunnel', 'a']],
    ['search=b.ex&type=A', ['host']],
    ['search=b.ex&type=A&proxied=false&match=any', ['host', 'b2', 'b1']],
  ])('with %s returns %j', { tags: ['dns_search'] }, async (query, expected) => {
    const { contents } = await start()

    expect(await contents(`?${query}`)).toEqual(expected.map(name => CONTENTS[name]))
  })

  it('returns pages, and says how many there are', { tags: ['dns_page_size'] }, async () => {
    const { records, contents } = await start()

    expect(await contents('?per_page=2&page=2')).toEqual(['other', 'second'])
    expect((await records.get('?per_page=2&page=3')).result_info).toEqual({
      ...{ page: 3, per_page: 2, count: 1, total_count: 5, total_pages: 3 },
    })
    expect((await records.get('?per_page=2&page=4')).result_info).toMatchObject({ count: 0, total_count: 5 })
    expect((await records.get('?name=none.example.com')).result_info).toMatchObject({ total_count: 0, total_pages: 1 })
    expect((await records.get('?per_page=5000000')).result_info).toMatchObject({ per_page: 5_000_000, count: 5 })
    expect(await records.get('?per_page=0')).toMatchObject({ status: 400, errors: [{ code: 1030 }] })
  })

  it('does not return the records of other zones', async () => {
    const { emulator, at } = await startZone({
      seed: [
        {
          zones: [{ name: 'a.example' }, { name: 'b.example', id: 'b'.repeat(32) }],
          dns_records: [{ zone: 'a.example', type: 'TXT', name: 'x', content: 'x' }],
        },
      ],
    })

    expect((await at(`/zones/${'b'.repeat(32)}/dns_records`).get('')).result).toEqual([])
    expect(((await emulator.control.getState()) as { dns_records: unknown[] }).dns_records).toHaveLength(1)
  })
})
