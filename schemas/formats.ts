/** The formats that models name. TypeBox knows none by itself and refuses values of a format it does not know. */
import { FormatRegistry } from '@sinclair/typebox'

const DAY = /^(\d{4})-(\d\d)-(\d\d)$/
const DATE_TIME = /^(\d{4}-\d\d-\d\d)[Tt ]\d\d:\d\d:\d\d(\.\d{1,9})?([Zz]|[+-]\d\d:\d\d)$/
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
const AGO = /^-\d+(ms|s|m|h|d)$/

const isDateTime = (text: string): boolean => {
  const date = DATE_TIME.exec(text)?.[1]
  return date !== undefined && isDay(date) && !Number.isNaN(Date.parse(text))
}

/** `Date.parse` alone would roll 31 February over into March. */
export const isDay = (date: string): boolean => {
  const [, year, month, day] = DAY.exec(date)?.map(Number) ?? []
  return year !== undefined && month !== undefined && day !== undefined && day >= 1 && day <= daysIn(year, month)
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const daysIn = (year: number, month: number): number =>
  (DAYS[month - 1] ?? 0) + (month === 2 && year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 1 : 0)

/** The text with one layer of URL encoding taken off; itself when there is none to take off. */
export const urlDecodedOnce = (text: string): string => {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

FormatRegistry.Set('uuid', text => UUID.test(text))
FormatRegistry.Set('date-time', isDateTime)
FormatRegistry.Set('url-encoded-date-time', text => isDateTime(text) || isDateTime(urlDecodedOnce(text)))
FormatRegistry.Set('moment', text => isDateTime(text) || AGO.test(text))
