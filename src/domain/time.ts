/**
 * The rules of the service, as pure functions from records to records: time and chance are arguments, a refusal is a thrown
 * ApiError. This folder imports the schemas and nothing of HTTP, SQL, clocks or randomness.
 */
import type { Timestamp } from '../../schemas/timestamp.ts'

const MICROS_PER = { ms: 1_000, s: 1_000_000, m: 60_000_000, h: 3_600_000_000, d: 86_400_000_000 }

/** Microseconds since 1970 as the text that the wire, the records and the columns share. */
export const timestampOf = (micros: number): Timestamp => {
  const millis = Math.floor(micros / 1_000)
  const fraction = String(micros - millis * 1_000).padStart(3, '0')
  return `${new Date(millis).toISOString().slice(0, -1)}${fraction}Z`
}

/** Microseconds since 1970 of any RFC 3339 text, whatever its offset and precision; what is finer is cut off. */
export const microsOf = (text: string): number => {
  const [, whole = '', fraction = '', zone = 'Z'] = /^(.{19})(?:\.(\d+))?(.*)$/.exec(text) ?? []
  return Date.parse(`${whole}${zone}`) * 1_000 + Number(fraction.padEnd(6, '0').slice(0, 6))
}

/** The same instant in the spelling of a Timestamp. */
export const normalised = (text: string): Timestamp => timestampOf(microsOf(text))

export const plusMillis = (time: Timestamp, millis: number): Timestamp => timestampOf(microsOf(time) + millis * 1_000)

/** A moment of a seed: RFC 3339, or an age such as "-15m" counted back from now. */
export const momentOf = (text: string, now: Timestamp): Timestamp => {
  const [, amount = '', unit = ''] = /^-(\d+)(ms|s|m|h|d)$/.exec(text) ?? []
  if (!isUnit(unit)) return normalised(text)

  return timestampOf(microsOf(now) - Number(amount) * MICROS_PER[unit])
}

const isUnit = (text: string): text is keyof typeof MICROS_PER => text in MICROS_PER
