import { describe, expect, it } from 'vitest'
import type { StateZone } from '../../../schemas/state-zone.ts'
import type { Zone } from '../../../schemas/zone.ts'
import type { EmulatorOptions } from '../../../src/emulator/types.ts'
import { ACCOUNT, startEmulator } from '../../support/emulator.ts'

const OTHER_ACCOUNT = 'f'.repeat(32)

async function start(zones?: StateZone[], options: EmulatorOptions = {}) {
  const { at } = await startEmulator({ ...(zones && { seed: [{ zones }] }), ...options })
  const list = (query = '') => at('/zones').get<Zone[]>(query)
  return { list, names: async (query = '') => (await list(query)).result.map(({ name }) => name) }
}

const ZONES: StateZone[] = [
  { name: 'b.example', account_id: ACCOUNT, status: 'pending' },
  { name: 'a.example', account_id: OTHER_ACCOUNT, plan: 'enterprise' },
  { name: 'inside.example', account_id: ACCOUNT, type: 'internal' },
  { name: 'c.example', account_id: ACCOUNT, type: 'partial' },
]

describe('list zones', { tags: ['zone_values'] }, () => {
  it('puts result first and says how many pages there are', { tags: ['key_order'] }, async () => {
    const { list } = await start()
    const { status, headers, ...body } = await list()

    expect(status).toBe(200)
    expect(headers['content-type']).toBe('application/json')
    expect(Object.keys(body)).toEqual(['result', 'result_info', 'success', 'errors', 'messages'])
    expect(Object.entries(body.result_info)).toEqual([
      ['page', 1],
      ['per_page', 20],
      ['total_pages', 1],
      ['count', 1],
      ['total_count', 1],
    ])
  })

  it('counts one page for an empty list', { tags: ['key_order'] }, async () => {
    const { list } = await start()

    expect(await list('?name=other.example')).toMatchObject({
      status: 200,
      result: [],
      result_info: { count: 0, total_count: 0, total_pages: 1 },
    })
  })

  it('returns example.com in the sample account without a seed', {
    tags: ['zone_default', 'zone_values'],
  }, async () => {
    const { list } = await start()
    const { result, headers } = await list()

    expect(result).toMatchObject([
      {
        id: '023e105f4ecef8ad9ca31a8372d0c353',
        name: 'example.com',
        account: { id: ACCOUNT },
        plan: { legacy_id: 'free' },
      },
    ])
    expect(headers['mockflared-evidence']).toBe('assumed; zone_default')
  })

  it('returns only the zones that a seed names, by name', { tags: ['zone_order'] }, async () => {
    const { names, list } = await start(ZONES)

    expect(await names()).toEqual(['a.example', 'b.example', 'c.example'])
    expect(await names('?direction=desc')).toEqual(['c.example', 'b.example', 'a.example'])
    expect(await names('?order=status')).toEqual(['a.example', 'c.example', 'b.example'])
    expect(await names('?order=account.id')).toEqual(['b.example', 'c.example', 'a.example'])
    expect((await list()).result[0]).not.toHaveProperty('zone_default')
  })

  it('returns internal zones only if the type is given', { tags: ['zone_internal_hidden'] }, async () => {
    const { names } = await start(ZONES)

    expect(await names('?type=internal')).toEqual(['inside.example'])
    expect(await names('?type=internal,partial')).toEqual(['c.example', 'inside.example'])
  })

  it.each([
    ['name=a.example', ['a.example']],
    ['name=A.example', ['a.example']],
    ['name=.example', []],
    ['name=equal:a.example', ['a.example']],
    ['name=not_equal:a.example', ['b.example', 'c.example']],
    ['name=starts_with:b', ['b.example']],
    ['name=ends_with:EXAMPLE', ['a.example', 'b.example', 'c.example']],
    ['name=ends_with_case_sensitive:EXAMPLE', []],
    ['name=starts_with_case_sensitive:b', ['b.example']],
    ['name=contains:.ex', ['a.example', 'b.example', 'c.example']],
    ['name=contains_case_sensitive:.EX', []],
    ['name=nonsense:a.example', []],
    ['account.name=contains:example', ['a.example', 'b.example', 'c.example']],
  ])('with %s returns %j', { tags: ['zone_operators'] }, async (query, expected) => {
    expect(await (await start(ZONES)).names(`?${query}`)).toEqual(expected)
  })

  it('filters by account, status and both', async () => {
    const { names } = await start(ZONES)

    expect(await names(`?account.id=${OTHER_ACCOUNT}`)).toEqual(['a.example'])
    expect(await names('?status=pending')).toEqual(['b.example'])
    expect(await names(`?status=pending&account.id=${OTHER_ACCOUNT}`)).toEqual([])
    expect(await names(`?status=pending&account.id=${OTHER_ACCOUNT}&match=any`)).toEqual(['a.example', 'b.example'])
    expect(await names('?match=any')).toHaveLength(3)
  })

  it('returns pages of more than the documented 50 zones', { tags: ['zone_page_size'] }, async () => {
    const { list, names } = await start(ZONES)

    expect((await list('?per_page=100')).result_info).toMatchObject({ per_page: 100, count: 3 })
    expect(await names('?per_page=2&page=2')).toEqual(['c.example'])
    expect((await list('?per_page=2')).result_info).toMatchObject({ total_pages: 2, total_count: 3 })
    expect(await names('?per_page=2&page=9')).toEqual([])
  })
})
