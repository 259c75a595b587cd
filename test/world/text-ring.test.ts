import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createTextRing } from '../../src/world/text-ring.ts'

describe('a ring of texts', () => {
  it('keeps the latest texts of any lengths, oldest first', () => {
    fc.assert(
      fc.property(
        fc.nat(4),
        fc.array(fc.string({ unit: 'grapheme', maxLength: 40 }), { maxLength: 20 }),
        (size, texts) => {
          const ring = createTextRing(size)
          for (const text of texts) ring.add(text)

          const latest = size === 0 ? [] : texts.slice(-size)
          expect(ring.list()).toEqual(latest)
          expect(ring.size()).toBe(latest.length)
        },
      ),
    )
  })

  it('keeps nothing after it is cleared, and then what is added', () => {
    const ring = createTextRing(2)
    for (const text of ['a', 'b', 'c']) ring.add(text)
    ring.clear()
    expect(ring.list()).toEqual([])

    ring.add('d')
    expect(ring.list()).toEqual(['d'])
  })
})
