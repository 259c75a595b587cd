import { describe, expect, it } from 'vitest'
import { createRing } from '../../src/world/ring.ts'

function ringOf(size: number, items: readonly number[]) {
  const ring = createRing<number>(size)
  for (const item of items) ring.add(item)
  return ring
}

describe('a ring', () => {
  it.each([
    { size: 0, added: [1], expected: [] },
    { size: 1, added: [1, 2, 3], expected: [3] },
    { size: 3, added: [], expected: [] },
    { size: 3, added: [1, 2], expected: [1, 2] },
    { size: 3, added: [1, 2, 3], expected: [1, 2, 3] },
    { size: 3, added: [1, 2, 3, 4], expected: [2, 3, 4] },
    { size: 3, added: [1, 2, 3, 4, 5, 6, 7, 8], expected: [6, 7, 8] },
  ])('of size $size keeps $expected of $added', ({ size, added, expected }) => {
    const ring = ringOf(size, added)

    expect(ring.list()).toEqual(expected)
    expect(Array.from({ length: ring.size() }, (_item, index) => ring.at(index))).toEqual(expected)
    expect([ring.at(-1), ring.at(expected.length)]).toEqual([undefined, undefined])
  })

  it('is empty after clear', () => {
    const ring = ringOf(2, [1, 2, 3])
    ring.clear()
    expect(ring.list()).toEqual([])

    ring.add(4)
    expect(ring.list()).toEqual([4])
  })
})
