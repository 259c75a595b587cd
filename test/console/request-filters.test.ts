import { expect, test } from 'vitest'
import { filterIn, shows, switchesIn } from '../../console/pages/requests/filters.ts'
import type { RequestSummary } from '../../schemas/control/journal.ts'

const GOOD: RequestSummary = {
  id: 1,
  at: '2026-11-27T02:00:00.000000Z',
  operation: 'zones-get',
  method: 'GET',
  path: '/zones',
  account_id: null,
  tunnel_id: null,
  status: 200,
  duration_ms: null,
  unread_count: 0,
  evidence: 'recorded',
}
const REFUSED = { ...GOOD, id: 2, status: 409 }
const CUT = { ...GOOD, id: 3, status: null, fault_ids: ['fault-1'] }
const UNREAD = { ...GOOD, id: 4, unread_count: 2 }
const GUESS = { ...GOOD, id: 5, unread_count: 1, evidence: 'assumed' as const }
const DOCUMENTED = { ...GOOD, id: 6, evidence: 'documented' as const }

function idsFor(hash: string, until?: number): number[] {
  const isShown = shows(switchesIn(new URLSearchParams(hash)), until)
  return [GOOD, REFUSED, CUT, UNREAD, GUESS, DOCUMENTED].filter(isShown).map(({ id }) => id)
}

test('without a switch every request is shown', () => {
  expect(idsFor('')).toEqual([1, 2, 3, 4, 5, 6])
})

test('each switch selects its own requests', () => {
  expect(idsFor('failed=1')).toEqual([2, 3])
  expect(idsFor('unread=1')).toEqual([4, 5])
  expect(idsFor('fault=1')).toEqual([3])
  expect(idsFor('guess=1')).toEqual([5])
})

test('several switches must all hold', () => {
  expect(idsFor('unread=1&guess=1')).toEqual([5])
  expect(idsFor('failed=1&guess=1')).toEqual([])
})

test('while the page looks at the past, later requests are hidden', () => {
  expect(idsFor('', Date.parse(GOOD.at) - 1)).toEqual([])
  expect(idsFor('', Date.parse(GOOD.at))).toHaveLength(6)
})

test('the server is asked for what the hash names, and a status may be a class', () => {
  expect(filterIn(new URLSearchParams('find=blog&status=4xx&tunnel_id=t&failed=1'))).toEqual({
    text: 'blog',
    status: '4xx',
    tunnel_id: 't',
  })
  expect(filterIn(new URLSearchParams('status=409&find='))).toEqual({ status: 409 })
})
