/** What people type into the console's clock. */
import { describe, expect, it } from 'vitest'
import { moveIn } from '../../console/data/clock-input.ts'

const NOW = Date.parse('2026-11-27T02:34:33.500Z')

describe('a text typed into the clock', () => {
  it.each([
    ['+36h', { advance: '36h' }],
    ['5m', { advance: '5m' }],
    [' + 1h 30m ', { advance: '1h30m' }],
    ['-10s', { set: '2026-11-27T02:34:23.500Z' }],
    ['2030-01-01', { set: '2030-01-01T00:00:00.000Z' }],
    ['2030-01-01 10:30', { set: '2030-01-01T10:30:00.000Z' }],
    ['2030-01-01T10:30:00+02:00', { set: '2030-01-01T08:30:00.000Z' }],
    ['2030-01-01 10:30 UTC', { set: '2030-01-01T10:30:00.000Z' }],
    ['10:30', { set: '2026-11-27T10:30:00.000Z' }],
    ['9:05:07', { set: '2026-11-27T09:05:07.000Z' }],
  ])('%j is the move %j', (text, move) => {
    expect(moveIn(text, NOW)).toEqual(move)
  })

  it.each(['', 'tomorrow', '5 minutes', '25:00', '2030-13-01'])('%j is refused with examples', text => {
    expect(() => moveIn(text, NOW)).toThrow('use +36h, 10:30 or 2030-01-01')
  })
})
