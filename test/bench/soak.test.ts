import { describe, expect, it } from 'vitest'
import { draw } from '../../bench/soak-picture.ts'
import { judge, type Sample } from '../../bench/soak-verdict.ts'

const MEGABYTE = 1024 * 1024

/** Forty samples, 1,000 calls apart. */
function samples(heapMb: (nth: number) => number, rssMb: (nth: number) => number = () => 150): readonly Sample[] {
  return Array.from({ length: 40 }, (_, nth) => ({
    calls: (nth + 1) * 1_000,
    memory: { heapUsed: heapMb(nth) * MEGABYTE, external: 0, rss: rssMb(nth) * MEGABYTE },
    p50_ms: 1,
    p99_ms: 2,
  }))
}

describe('the verdict of a soak', () => {
  it('is a leak when memory grows although the state is the same', () => {
    expect(judge(samples(nth => 20 + nth * 0.2))).toMatchObject({ leaks: true })
    expect(
      judge(
        samples(
          () => 20,
          nth => 150 + nth * 4,
        ),
      ),
    ).toMatchObject({ leaks: true, heap: 1 })
  })

  it('is not a leak when memory grows while the server warms up, or goes up and down', () => {
    expect(judge(samples(nth => Math.min(20 + nth, 30)))).toMatchObject({ leaks: false, heap: 1 })
    expect(judge(samples(nth => 20 + (nth % 3)))).toMatchObject({ leaks: false })
  })

  it('names the smallest leak that it would have found', () => {
    const { visible_leak } = judge(samples(() => 20))
    const leaking = (bytes: number) => judge(samples(nth => 20 + (nth * 1_000 * bytes) / MEGABYTE))

    expect(leaking(visible_leak * 2).leaks).toBe(true)
    expect(leaking(visible_leak / 2).leaks).toBe(false)
  })
})

describe('the picture of a soak', () => {
  it('has a line for heap, resident memory, median and tail, and a point for each sample', () => {
    const lines =
      draw(
        samples(() => 20),
        'Soak',
      ).match(/points="[^"]+"/g) ?? []

    expect(lines.map(line => line.split(' ').length)).toEqual([40, 40, 40, 40])
    expect(lines.join()).not.toMatch(/NaN|Infinity/)
  })
})
