import { describe, expect, it } from 'vitest'
import { hostsOf, isFound, partsOfName, type Zone, zoneOf } from '../../console/pages/dns/hosts.ts'
import type { OverviewRecord } from '../../schemas/control/dns-overview.ts'

function record(name: string, rest: Partial<OverviewRecord> = {}): OverviewRecord {
  return {
    id: name,
    name,
    type: 'CNAME',
    content: 'a.example.net',
    comment: null,
    tags: [],
    tunnel: null,
    ...rest,
  } as OverviewRecord
}

describe('the hosts of a zone', () => {
  it('begin with the zone, go on by the labels from the right, and hold all records of a name', () => {
    const names = ['shop.example.com', 'example.com', '*.dev.example.com', 'dev.example.com', 'example.com']

    expect(hostsOf(names.map(name => record(name))).map(({ name, records }) => [name, records.length])).toEqual([
      ['example.com', 2],
      ['dev.example.com', 1],
      ['*.dev.example.com', 1],
      ['shop.example.com', 1],
    ])
  })

  it.each([
    ['shop.example.com', { own: 'shop', zone: '.example.com' }],
    ['example.com', { own: 'example.com', zone: '' }],
    ['notexample.com', { own: 'notexample.com', zone: '' }],
  ])('%s is split before the name of the zone', (name, parts) => {
    expect(partsOfName(name, 'example.com')).toEqual(parts)
  })
})

it.each([
  ['shop web', true],
  ['CNAME left', true],
  ['shop api', false],
  ['', true],
])('a record is found by “%s”: %s', (find, isExpected) => {
  const tunnel = { tunnel_id: 'one', name: 'web', problem: null }

  expect(isFound(record('shop.example.com', { comment: 'left over', tunnel }), find)).toBe(isExpected)
})

it.each([
  ['a.dev.example.com', 'dev.example.com'],
  ['example.com', 'example.com'],
  ['notexample.com', undefined],
])('the zone of %s is %s', (hostname, expected) => {
  const zones = ['example.com', 'dev.example.com'].map(name => ({ name }) as Zone)

  expect(zoneOf(hostname, zones)?.name).toBe(expected)
})
