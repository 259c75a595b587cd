/** What people type into the clock: a span such as `+36h`, a date, a time of day. */
import type { ClockMove } from '../../schemas/control/clock.ts'
import { isDuration, parseDuration } from '../../schemas/duration.ts'

export const CLOCK_EXAMPLES = '+36h, 10:30 or 2030-01-01'

const SPAN = /^([+-]?)(.+)$/
const DATE = /^\d{4}-\d\d-\d\d$/
const TIME = /^\d\d?:\d\d(:\d\d)?$/

/** The move that a text means at the time `now`. Throws an Error that says what was expected. */
export function moveIn(text: string, now: number): ClockMove {
  const given = text.trim()
  const [, sign = '', span = ''] = SPAN.exec(given.replaceAll(' ', '')) ?? []
  if (isDuration(span)) {
    return sign === '-' ? { set: new Date(now - parseDuration(span)).toISOString() } : { advance: span }
  }
  const set = Date.parse(withDefaults(given, now))
  if (Number.isNaN(set)) throw new Error(`"${given}" is neither a span nor a time; use ${CLOCK_EXAMPLES}`)
  return { set: new Date(set).toISOString() }
}

/** Times are UTC; a time alone is one of today. */
function withDefaults(text: string, now: number): string {
  if (TIME.test(text)) return `${new Date(now).toISOString().slice(0, 10)}T${text.replace(/^(?=\d:)/, '0')}Z`
  if (DATE.test(text)) return `${text}T00:00:00Z`
  const full = text.replace(/^(\d{4}-\d\d-\d\d)\s+/, '$1T').replace(/\s*UTC$/i, 'Z')
  return /(Z|[+-]\d\d:?\d\d)$/i.test(full) ? full : `${full}Z`
}
