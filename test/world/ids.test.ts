import { describe, expect, it } from 'vitest'
import { createIds } from '../../src/world/ids.ts'

function drawnFrom(seed: number | undefined, world = 'main') {
  const { uuid, secret, ray, bytes, fraction } = createIds(seed, world)
  return [uuid(), secret(), ray(), bytes(5).toString('hex'), fraction(), uuid()]
}

describe('ids', () => {
  it('are repeatable with the same seed', () => {
    expect(drawnFrom(1)).toEqual(drawnFrom(1))
  })

  it('are the same in another process', () => {
    const { uuid, ray } = createIds(1, 'main')

    expect([uuid(), ray()]).toEqual(['6968f214-9b94-4b5d-b526-2e0dd919097e', '0d55d72c5db4b366-IAD'])
  })

  it.each<[string, unknown[], unknown[]]>([
    ['under another seed', drawnFrom(1), drawnFrom(2)],
    ['in another world', drawnFrom(1, 'main'), drawnFrom(1, 'blue')],
    ['without a seed', drawnFrom(undefined), drawnFrom(undefined)],
  ])('are all different %s', (_why, some, others) => {
    for (const [index, one] of some.entries()) expect(one).not.toBe(others[index])
  })

  it.each([1, undefined])('have the correct format, seed %s', seed => {
    const { uuid, secret, ray, bytes } = createIds(seed, 'main')

    for (let count = 0; count < 100; count += 1) {
      expect(uuid()).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
      expect(ray()).toMatch(/^[0-9a-f]{16}-IAD$/)
    }
    expect(Buffer.from(secret(), 'base64')).toHaveLength(32)
    expect(bytes(48)).toHaveLength(48)
  })

  it('are never repeated', () => {
    const { uuid } = createIds(1, 'main')

    expect(new Set(Array.from({ length: 1_000 }, uuid)).size).toBe(1_000)
  })

  it.each([1, undefined])('have fractions spread from 0 up to 1, seed %s', seed => {
    const { fraction } = createIds(seed, 'main')
    const drawn = Array.from({ length: 1_000 }, fraction)

    expect(Math.min(...drawn)).toBeGreaterThanOrEqual(0)
    expect(Math.max(...drawn)).toBeLessThan(1)
    for (const third of [0, 1, 2]) {
      const share = drawn.filter(one => Math.floor(one * 3) === third).length
      expect(share).toBeGreaterThan(250)
      expect(share).toBeLessThan(420)
    }
  })
})
