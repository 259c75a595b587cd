/**
 * Registers the formats that models use. TypeBox has no formats itself, and rejects all values of
 * an unknown format.
 */
import { FormatRegistry } from '@sinclair/typebox'
import { parseNetwork } from './cidr.ts'
import { isDuration } from './duration.ts'

const DAY = /^\d{4}-\d\d-\d\d$/
const DATE_TIME =
  /^\d{4}-\d\d-\d\d[Tt ](?:(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?|24:00:00(?:\.0{1,9})?)(?:[Zz]|[+-](?:[01]\d|2[0-3]):[0-5]\d)$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i

function isDateTime(text: string): boolean {
  return DATE_TIME.test(text) && isInCalendar(text)
}

export function isDay(text: string): boolean {
  return DAY.test(text) && isInCalendar(text)
}

/** `Date.parse` alone would read 31 February as a day in March. */
function isInCalendar(text: string): boolean {
  const day = Number(text.slice(8, 10))
  return day >= 1 && day <= daysIn(Number(text.slice(0, 4)), Number(text.slice(5, 7)))
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysIn(year: number, month: number): number {
  return (DAYS[month - 1] ?? 0) + (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0)
}

function isAge(text: string): boolean {
  return text.startsWith('-') && isDuration(text.slice(1))
}

/** Decodes URL encoding once. Returns invalid text unchanged. */
export function urlDecodedOnce(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** A URL to which clients can append a path. */
function isWebAddress(text: string): boolean {
  const url = URL.parse(text)
  return url !== null && /^https?:$/.test(url.protocol) && !(url.search || url.hash || url.username || url.password)
}

/** As browsers send it in `Origin`, or `*` for any. */
function isWebOrigin(text: string): boolean {
  return text === '*' || (text !== 'null' && URL.parse(text)?.origin === text)
}

FormatRegistry.Set('uuid', text => UUID.test(text))
FormatRegistry.Set('date-time', isDateTime)
FormatRegistry.Set('url-encoded-date-time', text => isDateTime(text) || isDateTime(urlDecodedOnce(text)))
FormatRegistry.Set('moment', text => isDateTime(text) || isAge(text))
FormatRegistry.Set('cidr', text => parseNetwork(text) !== undefined)
FormatRegistry.Set('web-address', isWebAddress)
FormatRegistry.Set('web-origin', isWebOrigin)
