import { describe, expect, it } from 'vitest'
import { createTextRoll } from '../../../src/world/journal/byte-ring.ts'

function rollOf(size: number, texts: readonly string[]) {
  const roll = createTextRoll(size)
  for (const text of texts) roll.add(text)
  return roll
}

function numbered(amount: number, length = 1): string[] {
  return Array.from({ length: amount }, (_, nth) => `${nth} ${'x'.repeat(length)}`)
}

describe('a roll of texts', () => {
  it('gives the newest back, the oldest of them first', () => {
    const roll = rollOf(3, ['a', '', 'ü€😀'])

    expect(roll.latest(2)).toEqual(['', 'ü€😀'])
    expect(roll.latest(5)).toEqual(['a', '', 'ü€😀'])
    expect(roll.latest(0)).toEqual([])
  })

  it.each([
    { size: 1, amount: 10, length: 1 },
    { size: 4, amount: 50, length: 40_000 },
    { size: 7, amount: 5_000, length: 300 },
    { size: 1_000, amount: 999, length: 200 },
    { size: 3, amount: 20, length: 150_000 },
  ])('of $size keeps the latest of $amount texts of $length characters', ({ size, amount, length }) => {
    const texts = numbered(amount, length)

    expect(rollOf(size, texts).latest(amount)).toEqual(texts.slice(-size))
  })

  it('keeps texts that are long and short in turn', () => {
    const texts = numbered(300).map((text, nth) => (nth % 7 === 0 ? 'ü'.repeat(70_000) : text))

    expect(rollOf(20, texts).latest(20)).toEqual(texts.slice(-20))
  })

  it('forgets them all', () => {
    const roll = rollOf(2, ['a', 'b'])
    roll.clear()
    roll.add('c')

    expect(roll.latest(2)).toEqual(['c'])
  })
})
