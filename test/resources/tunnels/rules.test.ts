import { describe, expect, it } from 'vitest'
import type { TunnelListQuery } from '../../../schemas/tunnel.ts'
import { datedChangesOn } from '../../../src/evidence/dated-changes.ts'
import { filterOf, isSecret } from '../../../src/resources/tunnels/rules.ts'

describe('isSecret', () => {
  it.each([
    ['AQ==', 1],
    ['AQI=', 2],
    ['AQID', 3],
    ['+/+/', 3],
    [btoa('x'.repeat(31)), 31],
    [btoa('x'.repeat(32)), 32],
    [btoa('x'.repeat(33)), 33],
    [btoa('x'.repeat(1000)), 1000],
  ])('counts the bytes of "%s" as %i', (text, bytes) => {
    expect(isSecret(text, bytes)).toBe(true)
    expect(isSecret(text, bytes + 1)).toBe(false)
    expect(isSecret(text)).toBe(true)
  })

  it.each([
    '',
    'A',
    'AQ',
    'AQI',
    'AQ=',
    'A===',
    '=',
    '====',
    'AQ==AQ==',
    'AQI=\n',
    ' AQID',
    'AQ ID',
    '-_-_',
    '!!!!',
    'äöü=',
    'AQID\u0000',
  ])('rejects %j', text => {
    expect(isSecret(text)).toBe(false)
  })
})

describe('filterOf', () => {
  const latest = datedChangesOn('latest')
  const paging = { page: 1, per_page: 1000 }
  const uuid = 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'

  it.each<[Omit<TunnelListQuery, 'page' | 'per_page'>, object]>([
    [{}, { deleted: false }],
    [{ is_deleted: false }, { deleted: false }],
    [{ is_deleted: true }, { deleted: true }],
    [{ name: 'Blog' }, { deleted: false, name: 'Blog' }],
    [{ name: '' }, { deleted: false, name: '' }],
    [{ uuid: uuid.toUpperCase() }, { deleted: false, uuid }],
    [{ include_prefix: 'a' }, { deleted: false, include_prefix: 'a' }],
    [{ name_prefix: 'b' }, { deleted: false, include_prefix: 'b' }],
    [{ exclude_prefix: 'c' }, { deleted: false, exclude_prefix: 'c' }],
    [{ status: 'inactive' }, { deleted: false, status: 'inactive' }],
    [{ status: 'down' }, { deleted: false, status: 'down' }],
    [{ status: 'degraded' }, { deleted: false, status: 'degraded' }],
    [{ status: 'healthy' }, { deleted: false, status: 'healthy' }],
    [{ existed_at: '2020-01-01T00:00:00Z' }, { deleted: false, existed_at: '2020-01-01T00:00:00.000000Z' }],
    [
      { existed_at: '2020-01-01T00%3A00%3A00%2B02%3A00' },
      { deleted: false, existed_at: '2019-12-31T22:00:00.000000Z' },
    ],
    [{ was_active_at: '2020-01-01T00:00:00.5Z' }, { deleted: false, was_active_at: '2020-01-01T00:00:00.500000Z' }],
    [
      { was_inactive_at: '2020-01-01T00:00:00-01:00' },
      { deleted: false, was_inactive_at: '2020-01-01T01:00:00.000000Z' },
    ],
  ])('of %j is %j', (query, filter) => {
    expect(filterOf({ ...query, ...paging }, latest)).toEqual(filter)
  })

  it.each([
    [{}, undefined],
    [{ is_deleted: false }, false],
    [{ is_deleted: true }, true],
  ])('of %j before 2025-12 wants deleted: %s', (query, deleted) => {
    expect(filterOf({ ...query, ...paging }, datedChangesOn('2025-11-30')).deleted).toBe(deleted)
  })
})
