import { describe, expect, it } from 'vitest'
import { createRing } from '../../src/world/ring.ts'

function ringOf(size: number, items: readonly number[]) {
  const ring = createRing<number>(size)
  for (const item of items) ring.add(item)
  return ring
}

describe('a ring', () => {
  it.each([
    { size: 0, added: [1], kept: [] },
    { size: 1, added: [1, 2, 3], kept: [3] },
    { size: 3, added: [], kept: [] },
    { size: 3, added: [1, 2], kept: [1, 2] },
    { size: 3, added: [1, 2, 3], kept: [1, 2, 3] },
    { size: 3, added: [1, 2, 3, 4], kept: [2, 3, 4] },
    { size: 3, added: [1, 2, 3, 4, 5, 6, 7, 8], kept: [6, 7, 8] },
  ])('of size $size keeps $kept of $added', ({ size, added, kept }) => {
    expect(ringOf(size, added).list()).toEqual(kept)
  })

  it('starts again when cleared', () => {
    const ring = ringOf(2, [1, 2, 3])
    ring.clear()
    expect(ring.list()).toEqual([])

    ring.add(4)
    expect(ring.list()).toEqual([4])
  })
})
