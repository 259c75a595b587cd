import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from '../../src/world/clock.ts'

const REAL = '2026-06-01T12:00:00.000Z'

/** Lets the machine's time pass. */
function pass(millis: number): void {
  vi.setSystemTime(Date.now() + millis)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(REAL) })
})
afterEach(() => {
  vi.useRealTimers()
})

describe('a running clock', () => {
  it("returns the machine's time", () => {
    const clock = createClock()

    expect(clock.now()).toBe('2026-06-01T12:00:00.000000Z')
    pass(1_500)
    expect(clock.now()).toBe('2026-06-01T12:00:01.500000Z')
    expect([clock.isFrozen(), clock.offset()]).toEqual([false, 0])
  })

  it('never returns the same time twice', () => {
    const clock = createClock()

    expect([clock.now(), clock.now(), clock.now()]).toEqual([
      '2026-06-01T12:00:00.000000Z',
      '2026-06-01T12:00:00.000001Z',
      '2026-06-01T12:00:00.000002Z',
    ])
  })

  it("never goes back, even if the machine's clock is set back", () => {
    const clock = createClock()
    clock.now()
    pass(-3_600_000)

    expect(clock.now()).toBe('2026-06-01T12:00:00.000001Z')
  })

  it.each([
    ['ahead', '2030-01-01T00:00:00.000000Z', '2030-01-01T00:00:02.000000Z'],
    ['behind', '2020-01-01T00:00:00.250000Z', '2020-01-01T00:00:02.250000Z'],
  ])('continues from a time %s, at the speed of real time', (_where, from, later) => {
    const clock = createClock()
    clock.now()
    clock.run(from)

    expect(clock.now()).toBe(from)
    pass(2_000)
    expect(clock.now()).toBe(later)
    expect(clock.offset()).toBe(Date.parse(from) - Date.parse(REAL))
  })
})

describe('a frozen clock', () => {
  it('is frozen from the start if it was created frozen', () => {
    const clock = createClock('2026-01-01T00:00:00.000000Z')
    const before = clock.now()
    pass(60_000)

    expect([before, clock.now()]).toEqual(['2026-01-01T00:00:00.000000Z', '2026-01-01T00:00:00.000000Z'])
    expect(clock.isFrozen()).toBe(true)
  })

  it("falls behind the machine's clock", () => {
    const clock = createClock()
    clock.freeze('2026-06-01T12:00:00.000000Z')
    pass(5_000)

    expect(clock.offset()).toBe(-5_000)
  })

  it('continues from the time at which it was frozen', () => {
    const clock = createClock('2026-01-01T00:00:00.000000Z')
    pass(60_000)
    clock.run(clock.now())
    pass(1_000)

    expect(clock.now()).toBe('2026-01-01T00:00:01.000000Z')
    expect(clock.isFrozen()).toBe(false)
  })
})
