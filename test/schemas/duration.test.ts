import { describe, expect, it } from 'vitest'
import { isDuration, parseDuration } from '../../schemas/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['0s', 0],
    ['90s', 90_000],
    ['5m', 300_000],
    ['36h', 129_600_000],
    ['007d', 604_800_000],
    [1_500, 1_500],
  ])('of %s is %i milliseconds', (duration, millis) => {
    expect(parseDuration(duration)).toBe(millis)
  })

  it.each(['', '5', 'm', '5 m', '-5m', '1.5s', '5min', '1h30m', '5M', '5s\n'])('rejects "%s"', text => {
    expect(isDuration(text)).toBe(false)
    expect(() => parseDuration(text)).toThrow('is not a duration')
  })
})
