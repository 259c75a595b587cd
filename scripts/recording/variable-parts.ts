import { isSecret } from '../../src/resources/tunnels/rules.ts'

/**
 * The kinds of values that differ between two runs: a comparison looks only at which of them are
 * equal.
 */
const KINDS = ['account', 'uuid', 'time', 'token', 'secret', 'address', 'email'] as const

export type Kind = (typeof KINDS)[number]

export interface Part {
  /** Undefined for text that is the same in every run. */
  readonly kind: Kind | undefined
  readonly text: string
}

const PATTERN = new RegExp(
  [
    '(?<token>eyJ[\\w+/=-]{8,}(?:\\.[\\w-]+\\.[\\w-]+)?)',
    '(?<uuid>\\b[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}\\b)',
    '(?<account>\\b[0-9a-f]{32}\\b)',
    '(?<time>\\b\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(?:\\.\\d+)?(?:Z|[+-]\\d\\d:\\d\\d))',
    '(?<email>[\\w.+-]+@[\\w-]+(?:\\.[\\w-]+)+)',
  ].join('|'),
  'gi',
)

/** The API rejects other texts. A long one may be a real secret in another alphabet. */
function mayBeSecret(text: string): boolean {
  return isSecret(text) || text.length >= 43
}

/**
 * Keys whose whole value is of one kind. A `result` that is a bare string is a token (recorded).
 */
const KINDS_BY_KEY: readonly [RegExp, Kind, (text: string) => boolean][] = [
  [/secret$|^s$/i, 'secret', mayBeSecret],
  [/token$|^result$/i, 'token', () => true],
  [/^origin_ip$/, 'address', () => true],
]

/** Splits the value of `key` into its fixed and its variable parts. */
export function splitText(text: string, key: string): readonly Part[] {
  const whole = KINDS_BY_KEY.find(([pattern, , fits]) => pattern.test(key) && fits(text))
  if (whole) return [{ kind: whole[1], text }]

  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(PATTERN)) {
    const kind = KINDS.find(name => match.groups?.[name] !== undefined)
    parts.push({ kind: undefined, text: text.slice(end, match.index) }, { kind, text: match[0] })
    end = match.index + match[0].length
  }
  return [...parts, { kind: undefined, text: text.slice(end) }].filter(
    part => part.kind !== undefined || part.text !== '',
  )
}

/** Equal for two texts of one kind that mean the same value. */
export function identityOf(kind: Kind, text: string): string {
  return `${kind} ${kind === 'uuid' || kind === 'account' ? text.toLowerCase() : text}`
}

export type Replace = (kind: Kind, text: string) => string

/** A copy of `value` in which `replace` has replaced each variable part. */
export function replaceVariableParts<T>(value: T, replace: Replace): T {
  return replaceIn(value, '', replace) as T
}

function replaceIn(value: unknown, key: string, replace: Replace): unknown {
  if (typeof value === 'string') return replaceInText(value, key, replace)
  if (Array.isArray(value)) return value.map(item => replaceIn(item, key, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, replaceIn(item, name, replace)]))
}

function replaceInText(text: string, key: string, replace: Replace): string {
  return splitText(text, key)
    .map(part => (part.kind === undefined ? part.text : replace(part.kind, part.text)))
    .join('')
}
