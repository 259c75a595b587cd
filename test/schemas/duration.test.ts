import { describe, expect, it } from 'vitest'
import { durationOf, isDuration, parseDuration } from '../../schemas/duration.ts'

describe('parseDuration', () => {
  it.each([
    ['250ms', 250],
    ['0s', 0],
    ['0', 0],
    ['90s', 90_000],
    ['5m', 300_000],
    ['36h', 129_600_000],
    ['007d', 604_800_000],
    ['1h30m', 5_400_000],
    ['2h45m30s', 9_930_000],
    ['1d12h', 129_600_000],
    ['1.5s', 1_500],
    ['.5s', 500],
    ['1.s', 1_000],
    ['1.1h', 3_960_000],
    ['100us', 0.1],
    ['100µs', 0.1],
    ['100μs', 0.1],
    ['2500ns', 0.003],
    ['1m1m', 120_000],
    [0 as const, 0],
  ])('of %s is %d milliseconds', (duration, millis) => {
    expect(parseDuration(duration)).toBe(millis)
  })

  it.each(['', 'm', '5 m', '-5m', '5min', '5M', '5s\n', '1h 30m', '.s', '1.2.3s', '1h30', '5 minutes', '1w'])(
    'rejects "%s"',
    text => {
      expect(isDuration(text)).toBe(false)
      expect(() => parseDuration(text)).toThrow(`${JSON.stringify(text)} is not a duration; use 90s, 5m or 1h30m`)
    },
  )

  it.each(['5', '300000', '1.5'])('rejects "%s", which has no unit', text => {
    expect(() => parseDuration(text)).toThrow(`"${text}" has no unit; use 90s, 5m or 1h30m`)
  })
})

describe('durationOf', () => {
  it.each([
    [0, '0s'],
    [250, '250ms'],
    [300_000, '5m'],
    [5_400_000, '1h30m'],
    [86_400_000, '24h'],
    [3_723_004, '1h2m3s4ms'],
  ])('of %d milliseconds is %s', (millis, text) => {
    expect(durationOf(millis)).toBe(text)
    expect(parseDuration(text)).toBe(millis)
  })
})
