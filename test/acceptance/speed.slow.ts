/** The bars of `npm run bench -- edge-cloudflared`, measured quickly. It runs alone. */
import { describe, expect } from 'vitest'
import { isFailure } from '../../bench/results.ts'
import type { Figure, Series } from '../../bench/row.ts'
import { edgeCloudflared } from '../../bench/rows/edge.ts'
import { spreadOf } from '../../bench/statistics.ts'
import { check } from '../support/edge/check.ts'

const EFFORT = { rounds: 3, warmUpRequests: 0, starts: 1, accountSizes: [] }

function textOf({ what, unit, atMost, atLeast, of }: Figure, series: Series): string {
  const { median } = spreadOf(of(series))
  const isMissed = median > (atMost ?? Number.POSITIVE_INFINITY) || median < (atLeast ?? 0)
  const bar = atMost === undefined ? `bar ≥ ${atLeast}` : `bar ≤ ${atMost}`
  return `${what} ${median.toFixed(2)} ${unit} (${bar}${isMissed ? ', MISSED' : ''})`
}

describe('speed', () => {
  check('25b is not far beyond a bar', async ({ saw }) => {
    const series = await edgeCloudflared.measure(EFFORT)
    const figures = edgeCloudflared.figures.filter(({ failsAt }) => failsAt !== undefined)
    for (const figure of figures) saw(textOf(figure, series))
    expect(figures.filter(figure => isFailure(figure, series)).map(({ what }) => what)).toEqual([])
  })
})
