/** Arithmetic on times as text. The clock of a world is in src/world/clock.ts. */
import { parseDuration } from './duration.ts'
import type { Timestamp } from './timestamp.ts'

/** Outside this range the text would be longer, and would no longer sort by time. */
const FIRST: Timestamp = '0000-01-01T00:00:00.000000Z'
const LAST: Timestamp = '9999-12-31T23:59:59.999999Z'

const [FIRST_MILLIS, LAST_MILLIS] = [Date.parse(FIRST), Date.parse(LAST)]

/**
 * Microseconds since 1970 as text for responses, records and columns; FIRST or LAST outside their
 * range.
 */
export function timestampOf(micros: number): Timestamp {
  const millis = Math.floor(micros / 1_000)
  return withFraction(millis, String(micros - millis * 1_000).padStart(3, '0'))
}

/** `fraction`: the digits after the milliseconds. */
function withFraction(millis: number, fraction: string): Timestamp {
  if (millis < FIRST_MILLIS) return FIRST
  if (millis > LAST_MILLIS) return LAST

  return `${new Date(millis).toISOString().slice(0, -1)}${fraction}Z`
}

/**
 * Microseconds since 1970 of RFC 3339 text with any offset and precision. Finer digits are cut off.
 */
export function microsOf(text: string): number {
  const { millis, fraction } = partsOf(text)
  return millis * 1_000 + Number(fraction)
}

/** The same time as a Timestamp. Exact in every year, unlike microseconds as a number. */
export function normalised(text: string): Timestamp {
  const { millis, fraction } = partsOf(text)
  return withFraction(millis, fraction)
}

/** A Date holds only milliseconds, so this returns the digits after them separately. */
function partsOf(text: string): { millis: number; fraction: string } {
  const [, seconds = '', digits = '', zone = 'Z'] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? []
  const micros = digits.padEnd(6, '0')
  return { millis: Date.parse(`${seconds}.${micros.slice(0, 3)}${zone}`), fraction: micros.slice(3, 6) }
}

export function plusMillis(time: Timestamp, millis: number): Timestamp {
  return timestampOf(microsOf(time) + millis * 1_000)
}

/** A time in a seed: RFC 3339, or an age such as "-15m" before `now`. */
export function seedTimeOf(text: string, now: Timestamp): Timestamp {
  return text.startsWith('-') ? plusMillis(now, -parseDuration(text.slice(1))) : normalised(text)
}
