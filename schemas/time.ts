/** Arithmetic on times as text. The clock of a world is in src/world/clock.ts. */
import { parseDuration } from './duration.ts'
import type { Timestamp } from './timestamp.ts'

/** Outside of these the text would be wider, and its order no longer the order of time. */
const FIRST: Timestamp = '0000-01-01T00:00:00.000000Z'
const LAST: Timestamp = '9999-12-31T23:59:59.999999Z'

const [FIRST_MILLIS, LAST_MILLIS] = [Date.parse(FIRST), Date.parse(LAST)]

/**
 * Microseconds since 1970 as the text of the wire, the records and the columns; at most FIRST or
 * LAST.
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
 * Microseconds since 1970 of any RFC 3339 text, whatever its offset and precision; finer digits are
 * cut off.
 */
export function microsOf(text: string): number {
  const { millis, fraction } = partsOf(text)
  return millis * 1_000 + Number(fraction)
}

/** The same instant as a Timestamp; exact in every year, where microseconds as a number are not. */
export function normalised(text: string): Timestamp {
  const { millis, fraction } = partsOf(text)
  return withFraction(millis, fraction)
}

/** A Date holds milliseconds, so the digits after them are kept apart. */
function partsOf(text: string): { millis: number; fraction: string } {
  const [, seconds = '', digits = '', zone = 'Z'] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? []
  const micros = digits.padEnd(6, '0')
  return { millis: Date.parse(`${seconds}.${micros.slice(0, 3)}${zone}`), fraction: micros.slice(3, 6) }
}

export function plusMillis(time: Timestamp, millis: number): Timestamp {
  return timestampOf(microsOf(time) + millis * 1_000)
}

/** A moment of a seed: RFC 3339, or an age such as "-15m" counted back from now. */
export function seedTimeOf(text: string, now: Timestamp): Timestamp {
  return text.startsWith('-') ? plusMillis(now, -parseDuration(text.slice(1))) : normalised(text)
}
