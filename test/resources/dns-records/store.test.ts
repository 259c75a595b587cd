import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { StoredRecord } from '../../../schemas/dns-record.ts'
import {
  allRecords,
  countRecords,
  deleteRecord,
  findProxiedCname,
  hasRecords,
  insertRecord,
  recordsInZone,
  recordsNamed,
} from '../../../src/resources/dns-records/store.ts'
import { PRODUCTS } from '../../../src/resources/products.ts'
import { openInMemory } from '../../../src/store/memory.ts'

const TIME = '2026-01-01T00:00:00.000000Z'

function record(zone_id: string, id: string, changes: Partial<StoredRecord> = {}): StoredRecord {
  return {
    ...{ id, zone_id, type: 'CNAME', name: `${id}.example`, content: 'x.cfargotunnel.com', priority: null, data: null },
    ...{ ttl: 1, proxied: true, settings: {}, comment: null, tags: [], created_on: TIME, modified_on: TIME },
    ...{ comment_modified_on: null, tags_modified_on: null },
    ...changes,
  }
}

function open(...records: readonly StoredRecord[]) {
  const db = openInMemory(PRODUCTS.data.schema)
  for (const one of records) insertRecord(db, one)
  return db
}

describe('recordsInZone', () => {
  it('returns the records of one zone in the order of lists', () => {
    const db = open(
      record('z', '1', { type: 'TXT', name: 'a' }),
      record('z', '2', { type: 'TXT', name: 'a' }),
      record('z', '3', { name: 'b' }),
      record('y', '4'),
    )

    expect(recordsInZone(db, 'z').map(({ id }) => id)).toEqual(['3', '2', '1'])
  })
})

describe('findProxiedCname', () => {
  it('returns a CNAME of exactly this name, if it is proxied', () => {
    const db = open(
      record('z', 'a'),
      record('z', 'b', { proxied: false }),
      record('z', 'c', { type: 'A', content: '203.0.113.1' }),
    )
    const find = (name: string) => findProxiedCname(db, 'z', name)?.id

    expect([find('a.example'), find('b.example'), find('c.example'), find('x.a.example')]).toEqual([
      'a',
      undefined,
      undefined,
      undefined,
    ])
    expect(findProxiedCname(db, 'y', 'a.example')).toBeUndefined()
  })
})

describe('the count of a zone', () => {
  it('equals its records after any inserts and deletions', () => {
    const steps = fc.array(fc.record({ zone: fc.constantFrom('y', 'z'), id: fc.nat(5), remove: fc.boolean() }))

    fc.assert(
      fc.property(steps, operations => {
        const db = open()
        for (const { zone, id, remove } of operations) {
          const one = record(zone, `${zone}${id}`)
          const [stored] = recordsNamed(db, zone, one.name)
          if (remove && stored) deleteRecord(db, stored)
          if (!remove && !stored) insertRecord(db, one)
        }
        for (const zone of ['y', 'z']) {
          const count = allRecords(db).filter(({ zone_id }) => zone_id === zone).length
          expect([countRecords(db, zone), hasRecords(db, zone)]).toEqual([count, count > 0])
        }
        expect(PRODUCTS.data.isEmpty(db)).toBe(allRecords(db).length === 0)
      }),
    )
  })
})

describe('the queries of lists', () => {
  it.each([
    ['ORDER BY type asc, name, created_on DESC, number DESC LIMIT 100', 'dns_records_in_order (zone_id=?)'],
    ['AND name = ?', 'dns_records_by_name (zone_id=? AND name=?)'],
  ])('%s need no sorting: %s', (end, index) => {
    const plan = open().all<{ detail: string }>(
      `EXPLAIN QUERY PLAN SELECT * FROM dns_records WHERE zone_id = (SELECT 'z') ${end.replace('?', "'a'")}`,
    )

    expect(plan[0]?.detail).toContain(index)
    expect(plan.some(({ detail }) => detail.includes('TEMP B-TREE'))).toBe(false)
  })
})
