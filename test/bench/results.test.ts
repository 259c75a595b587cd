import { describe, expect, it } from 'vitest'
import { isFailure, NO_RESULTS, tableOf, withRow } from '../../bench/results.ts'
import { type Figure, type Row, ratio, share } from '../../bench/row.ts'
import { spreadOf } from '../../bench/statistics.ts'

const SPEED: Figure = { what: 'speed', unit: '×', atLeast: 0.5, failsAt: 0.1, of: ratio('fastify', 'mockflared') }
const COST: Figure = { what: 'cost', unit: '%', atMost: 25, failsAt: 60, of: share('with', 'without') }

function rowOf(...figures: Figure[]): Row {
  return { id: 'row', unit: 'µs', measure: async () => ({}), figures }
}

describe('a spread', () => {
  it('has the median and the quartiles, between two values where no value is there', () => {
    expect(spreadOf([4, 1, 2, 3])).toEqual({ median: 2.5, low: 1.75, high: 3.25 })
  })
})

describe('the table', () => {
  it('compares round by round and says whether the median meets the bar', () => {
    const series = { fastify: [10, 20, 30], mockflared: [20, 20, 60], with: [100], without: [60] }

    expect(
      tableOf(withRow(NO_RESULTS, rowOf(SPEED, COST), series))
        .split('\n')
        .slice(2),
    ).toEqual(['| speed | ≥ 0.5 × | 0.50 × | 0.50 … 0.75 | yes |', '| cost | ≤ 25 % | 40.0 % | 40.0 … 40.0 | **no** |'])
  })

  it('leaves out a figure that this run did not measure', () => {
    expect(withRow(NO_RESULTS, rowOf(SPEED, COST), { with: [100], without: [90] }).figures).toMatchObject([
      { what: 'cost', met: true },
    ])
  })

  it('replaces the figures of a row that is measured again', () => {
    const first = withRow(NO_RESULTS, rowOf(COST), { with: [100], without: [10] })

    expect(withRow(first, rowOf(COST), { with: [100], without: [90] }).figures).toMatchObject([{ met: true }])
  })
})

describe('the short form', () => {
  it.each([
    [SPEED, { fastify: [9], mockflared: [100] }, true],
    [SPEED, { fastify: [11], mockflared: [100] }, false],
    [COST, { with: [100], without: [39] }, true],
    [COST, { with: [100], without: [41] }, false],
    [COST, {}, false],
  ])('fails only far beyond a bar: %o of %o', (figure, series, expected) => {
    expect(isFailure(figure, series)).toBe(expected)
  })
})
