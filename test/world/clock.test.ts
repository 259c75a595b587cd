import { performance } from 'node:perf_hooks'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createClock } from '../../src/world/clock.ts'

const REAL = '2026-06-01T12:00:00.000Z'

let steady = 0

/** Sets the machine's clock forward or back. */
function jump(millis: number): void {
  vi.setSystemTime(Date.now() + millis)
}

/** Lets real time pass. */
function pass(millis: number): void {
  steady += millis
  jump(millis)
}

beforeEach(() => {
  vi.useFakeTimers({ toFake: ['Date'], now: new Date(REAL) })
  steady = 5_000
  vi.spyOn(performance, 'now').mockImplementation(() => steady)
})
afterEach(() => {
  vi.useRealTimers()
  vi.restoreAllMocks()
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

  it("runs on while the machine's clock is set back, and follows it again when that has caught up", () => {
    const clock = createClock()
    clock.now()
    pass(1_000)
    jump(-3_600_000)
    expect(clock.now()).toBe('2026-06-01T12:00:01.000000Z')

    pass(90_000)
    expect(clock.now()).toBe('2026-06-01T12:01:31.000000Z')
    expect(clock.offset()).toBe(3_600_000)

    jump(3_600_000)
    expect(clock.now()).toBe('2026-06-01T12:01:31.000002Z')
    pass(1_000)
    expect([clock.now(), clock.offset()]).toEqual(['2026-06-01T12:01:32.000000Z', 0])
  })

  it("runs on when the machine's clock was set back while nobody asked for the time", () => {
    const clock = createClock()
    clock.now()
    pass(7_200_000)
    jump(-3_600_000)

    expect(clock.now()).toBe('2026-06-01T14:00:00.000000Z')
  })

  it("waits for a machine's clock that is set back by less than a second", () => {
    const clock = createClock()
    clock.now()
    jump(-900)

    expect(clock.now()).toBe('2026-06-01T12:00:00.000001Z')
    pass(1_000)
    expect(clock.now()).toBe('2026-06-01T12:00:00.100000Z')
  })

  it("follows a machine's clock that is set forward, as after sleep", () => {
    const clock = createClock()
    clock.now()
    jump(3_600_000)

    expect(clock.now()).toBe('2026-06-01T13:00:00.000000Z')
  })

  it('stands still with a faked Date, for as long as a test may take', () => {
    const clock = createClock()
    clock.now()
    steady += 30_000

    expect(clock.now()).toBe('2026-06-01T12:00:00.000001Z')
  })

  it("catches up with a time ahead of the machine's clock, and runs on from there", () => {
    const clock = createClock()
    clock.catchUp('2026-07-01T12:00:00.000000Z')

    expect(clock.now()).toBe('2026-07-01T12:00:00.000001Z')
    pass(2_000)
    expect(clock.now()).toBe('2026-07-01T12:00:02.000001Z')
    expect(clock.offset()).toBe(30 * 86_400_000)
  })

  it('does not catch up with a time that has passed', () => {
    const clock = createClock()
    clock.catchUp('2026-06-01T11:00:00.000000Z')

    expect(clock.now()).toBe('2026-06-01T12:00:00.000000Z')
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

  it('has no offset, which would change with real time', () => {
    const clock = createClock()
    clock.freeze('2026-06-01T12:00:00.000000Z')
    pass(5_000)

    expect(clock.offset()).toBeUndefined()
  })

  it('catches up with a later time only', () => {
    const clock = createClock('2026-01-01T00:00:00.000000Z')
    clock.catchUp('2025-01-01T00:00:00.000000Z')
    expect(clock.now()).toBe('2026-01-01T00:00:00.000000Z')

    clock.catchUp('2027-01-01T00:00:00.000000Z')
    expect([clock.now(), clock.isFrozen()]).toEqual(['2027-01-01T00:00:00.000000Z', true])
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
