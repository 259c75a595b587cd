/** Which of the matching requests a fault acts on, in words and for the next few. */

/** Any rule, as a form holds it: its values may be half typed. */
export interface Draft {
  readonly nth?: number | undefined
  readonly every?: number | undefined
  readonly after?: number | undefined
  readonly times?: number | undefined
  readonly ttl?: string | 0 | undefined
  readonly probability?: number | undefined
}

/** What is counted, such as “request”. It follows the verb in number. */
export interface Noun {
  readonly one: string
  readonly many: string
  /** Such as “of tunnel shop-web”. */
  readonly which: string
}

export type NameOfTunnel = (id: string) => string

export interface Subject {
  readonly text: string
  readonly isPlural: boolean
}

/** Such as “Every 2nd request after the first 5”. */
export function subjectOf({ nth, every = 1, after = 0, times }: Draft, { one, many, which }: Noun): Subject {
  const rest = which && ` ${which}`
  if (nth !== undefined) return { text: `The ${ordinal(nth)} ${one}${rest}`, isPlural: false }

  const later = after === 0 ? '' : ` after the first ${after}`
  if (every > 1) {
    const limit = times === undefined ? '' : `, ${timesOf(times)},`
    return { text: `Every ${ordinal(every)} ${one}${rest}${later}${limit}`, isPlural: false }
  }
  if (times === undefined) return { text: `Every ${one}${rest}${later}`, isPlural: false }
  const lead = after === 0 ? 'The first' : 'The next'
  if (times === 1) return { text: `${lead} ${one}${rest}${later}`, isPlural: false }
  return { text: `${lead} ${times} ${many}${rest}${later}`, isPlural: true }
}

/** Such as “, for 30s on the clock of the world, with a chance of 20 %”. */
export function limitsOf({ ttl, probability }: Draft): string {
  const parts = [
    ...(ttl === undefined ? [] : [`for ${ttl} on the clock of the world`]),
    ...(probability === undefined ? [] : [`with a chance of ${Math.round(probability * 100)} %`]),
  ]
  return parts.map(part => `, ${part}`).join('')
}

export type Outcome = 'acts' | 'may-act' | 'passes'

/** What becomes of the first requests that match. */
export function outcomes({ nth, every = 1, after = 0, times, probability = 1 }: Draft, requests: number): Outcome[] {
  let hits = 0
  return Array.from({ length: requests }, (_one, index) => {
    const seen = index + 1
    const isSelected = nth === undefined ? seen > after && (seen - after) % every === 0 : seen === nth
    if (!isSelected || (times !== undefined && hits >= times)) return 'passes'
    hits += 1
    return probability < 1 ? 'may-act' : 'acts'
  })
}

/** Such as 1st, 2nd, 3rd, 11th. */
export function ordinal(number: number): string {
  const suffixes: Readonly<Record<Intl.LDMLPluralRule, string>> = {
    zero: 'th',
    one: 'st',
    two: 'nd',
    few: 'rd',
    many: 'th',
    other: 'th',
  }
  return `${number}${suffixes[new Intl.PluralRules('en', { type: 'ordinal' }).select(number)]}`
}

function timesOf(times: number): string {
  return times === 1 ? 'once' : times === 2 ? 'twice' : `${times} times`
}

/** Such as `300 ms`, `2 s`. The number and its unit stay on one line. */
export function delayOf(ms: number): string {
  return ms >= 1_000 && ms % 100 === 0 ? `${ms / 1_000}\u00a0s` : `${ms}\u00a0ms`
}
