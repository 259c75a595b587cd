/** The JSON of an expectation, as the hash and the form have it. */
import type { RequestExpectation } from '../../../schemas/control/journal.ts'

/** undefined: the hash names none, or no object. */
export function expectationIn(text: string | null): RequestExpectation | undefined {
  try {
    const value: unknown = JSON.parse(text ?? '')
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? value : undefined
  } catch {
    return undefined
  }
}

type Field = Exclude<keyof RequestExpectation, 'count'>

/** With another value for a field; without the field if the value is undefined. */
export function withField(expectation: RequestExpectation, field: Field, value: unknown): RequestExpectation {
  const { [field]: _before, ...rest } = expectation
  return value === undefined ? rest : { ...rest, [field]: value }
}

export function withCount(
  { count, ...rest }: RequestExpectation,
  bound: 'min' | 'max',
  value: number | undefined,
): RequestExpectation {
  const { [bound]: _before, ...other } = count ?? {}
  const next = value === undefined ? other : { ...other, [bound]: value }
  return Object.keys(next).length === 0 ? rest : { ...rest, count: next }
}

/** What must hold, such as `exactly 1 request`. */
export function wantedWords({ min, max }: { readonly min: number; readonly max: number | null }): string {
  const requests = (number: number): string => `${number} request${number === 1 ? '' : 's'}`
  if (max === 0) return 'no request'
  if (max === null) return `at least ${requests(min)}`
  if (min === max) return `exactly ${requests(min)}`
  return min === 0 ? `at most ${requests(max)}` : `${min} to ${requests(max)}`
}

/** What two texts have in common at both ends, and what differs between. */
export function differingPart(text: string, other: string): readonly [before: string, part: string, after: string] {
  const shortest = Math.min(text.length, other.length)
  let start = 0
  while (start < shortest && text[start] === other[start]) start += 1
  let end = 0
  while (end < shortest - start && text.at(-1 - end) === other.at(-1 - end)) end += 1
  return [text.slice(0, start), text.slice(start, text.length - end), text.slice(text.length - end)]
}
