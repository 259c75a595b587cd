/**
 * The rules of the service, as pure functions from records to records: time and chance are arguments, a refusal is a thrown
 * ApiError. This folder imports the schemas and nothing of HTTP, SQL, clocks or randomness.
 */
import type { Timestamp } from './timestamp.ts'

const MICROS_PER = { ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 }

/** Outside of these the text would be wider, and its order no longer that of time. */
const FIRST: Timestamp = '0000-01-01T00:00:00.000000Z'
const LAST: Timestamp = '9999-12-31T23:59:59.999999Z'

const [FIRST_MILLIS, LAST_MILLIS] = [Date.parse(FIRST), Date.parse(LAST)]

/** Microseconds since 1970 as the text that the wire, the records and the columns share; at most the first or last there is. */
export function timestampOf(micros: number): Timestamp {
  const millis = Math.floor(micros / 1_000)
  return withFraction(millis, String(micros - millis * 1_000).padStart(3, '0'))
}

/** `fraction`: the digits that follow the milliseconds. */
function withFraction(millis: number, fraction: string): Timestamp {
  if (millis < FIRST_MILLIS) return FIRST
  if (millis > LAST_MILLIS) return LAST

  const second = Math.floor(millis / 1_000)
  return `${textOf(second)}.${String(millis - second * 1_000).padStart(3, '0')}${fraction}Z`
}

/** Nearly every time is of a second that was asked for just before, and a Date takes its time to read or write itself. */
const REMEMBERED = 64

function remembering<Key, Value>(of: (key: Key) => Value): (key: Key) => Value {
  const known = new Map<Key, Value>()
  return key => {
    const value = known.get(key)
    if (value !== undefined) return value

    if (known.size === REMEMBERED) known.clear()
    const fresh = of(key)
    known.set(key, fresh)
    return fresh
  }
}

/** A second since 1970 as text, down to the seconds, and back. */
const textOf = remembering((second: number) => new Date(second * 1_000).toISOString().slice(0, 19))
const secondOf = remembering((text: string) => Date.parse(`${text}Z`) / 1_000)

/** Microseconds since 1970 of any RFC 3339 text, whatever its offset and precision; what is finer is cut off. */
export function microsOf(text: string): number {
  const { millis, fraction } = partsOf(text)
  return millis * 1_000 + Number(fraction)
}

/** The same instant in the spelling of a Timestamp; exact in every year, where microseconds as a number are not. */
export function normalised(text: string): Timestamp {
  const { millis, fraction } = partsOf(text)
  return withFraction(millis, fraction)
}

/** Most texts are Timestamps of our own, whose parts stand in known places. */
function partsOf(text: string): { millis: number; fraction: string } {
  if (text.length === LAST.length && text[19] === '.' && text.endsWith('Z')) {
    return { millis: secondOf(text.slice(0, 19)) * 1_000 + Number(text.slice(20, 23)), fraction: text.slice(23, 26) }
  }
  const [, whole = '', digits = '', zone = 'Z'] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? []
  const [millis, micros] = [digits.padEnd(6, '0').slice(0, 3), digits.padEnd(6, '0').slice(3, 6)]
  return { millis: Date.parse(`${whole}.${millis}${zone}`), fraction: micros }
}

export function plusMillis(time: Timestamp, millis: number): Timestamp {
  return timestampOf(microsOf(time) + millis * 1_000)
}

/** A duration such as "90s", "5m" or "250ms", or a number of milliseconds, in milliseconds. */
export function millisOf(duration: string | number): number {
  if (typeof duration === 'number') return duration

  const [, amount = '', unit = 'ms'] = /^(\d+)(ms|s|m|h|d)$/.exec(duration) ?? []
  return isUnit(unit) ? (Number(amount) * MICROS_PER[unit]) / 1_000 : 0
}

/** A moment of a seed: RFC 3339, or an age such as "-15m" counted back from now. */
export function momentOf(text: string, now: Timestamp): Timestamp {
  const [, amount = '', unit = ''] = /^-(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  if (!isUnit(unit)) return normalised(text)

  return timestampOf(microsOf(now) - Number(amount) * MICROS_PER[unit])
}

function isUnit(text: string): text is keyof typeof MICROS_PER {
  return text in MICROS_PER
}
