/** What in a text stands for something, so that only its being the same again matters and not how it reads. */
const NAMES = ['account', 'uuid', 'time', 'token', 'secret', 'address', 'email'] as const

export type Kind = (typeof NAMES)[number]

export interface Part {
  /** Undefined: plain text. */
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

/** Documented: base64 of at least 32 bytes. What is shorter is no secret that works. */
function isSecret(text: string): boolean {
  return text.length >= 43
}

/** The kind of what stands whole under a key. Whatever answers a bare string answers a token (recorded). */
const KINDS: readonly [RegExp, Kind, (text: string) => boolean][] = [
  [/secret$|^s$/i, 'secret', isSecret],
  [/token$|^result$/i, 'token', () => true],
  [/^origin_ip$/, 'address', () => true],
]

/** A text in parts; `key` is what it stands under. */
export function partsOf(text: string, key: string): readonly Part[] {
  const whole = KINDS.find(([pattern, , fits]) => pattern.test(key) && fits(text))
  if (whole) return [{ kind: whole[1], text }]

  const parts: Part[] = []
  let end = 0
  for (const match of text.matchAll(PATTERN)) {
    const kind = NAMES.find(name => match.groups?.[name] !== undefined)
    parts.push({ kind: undefined, text: text.slice(end, match.index) }, { kind, text: match[0] })
    end = match.index + match[0].length
  }
  return [...parts, { kind: undefined, text: text.slice(end) }].filter(
    part => part.kind !== undefined || part.text !== '',
  )
}

/** What two texts of one kind share when they stand for the same. */
export function identityOf(kind: Kind, text: string): string {
  return `${kind} ${kind === 'uuid' || kind === 'account' ? text.toLowerCase() : text}`
}

export type Replace = (kind: Kind, text: string) => string

/** A value in which each part that stands for something is replaced. */
export function replaced<T>(value: T, replace: Replace): T {
  return walked(value, '', replace) as T
}

function walked(value: unknown, key: string, replace: Replace): unknown {
  if (typeof value === 'string') return textReplaced(value, key, replace)
  if (Array.isArray(value)) return value.map(item => walked(item, key, replace))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, walked(item, name, replace)]))
}

function textReplaced(text: string, key: string, replace: Replace): string {
  return partsOf(text, key)
    .map(part => (part.kind === undefined ? part.text : replace(part.kind, part.text)))
    .join('')
}
