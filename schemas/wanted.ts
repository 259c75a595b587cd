/** What a model accepts, in words for error messages. */
import { DURATION_EXAMPLES, DURATION_PATTERN } from './duration.ts'
import type { TSchema } from './typebox.ts'

const TIME = 'a time'
const TIME_EXAMPLE = '2026-11-01T12:00:00Z'

const FORMATS: Readonly<Record<string, string>> = {
  uuid: 'a UUID',
  'date-time': TIME,
  moment: `${TIME} or an age`,
  'web-address': 'an http or https address',
  'web-origin': 'the origin of a web page or *',
}

const EXAMPLES: Readonly<Record<string, string>> = { 'date-time': TIME_EXAMPLE, moment: `${TIME_EXAMPLE} or -15m` }

/** Such as `a whole number from 0 to 65535`. */
export function wantedBy(schema: TSchema): string {
  const { anyOf, enum: names, const: literal, type } = schema
  if (anyOf) return anyOf.map(wantedBy).join(' or ')
  if (names) return namesOf(names)
  if (literal !== undefined) return JSON.stringify(literal)
  if (type === 'string') return wantedText(schema)
  if (type === 'integer' || type === 'number') return wantedNumber(schema)
  if (type === 'boolean') return 'true or false'
  if (type === 'array') return 'a list'
  return type === 'null' ? 'null' : wantedObject(schema)
}

/** Values to use instead; undefined where `wantedBy` says enough. */
export function exampleFor({ anyOf, type, format, pattern, examples }: TSchema): string | undefined {
  if (anyOf) return anyOf.map(exampleFor).find(Boolean)
  if (pattern === DURATION_PATTERN) return DURATION_EXAMPLES
  if (type !== 'string' || !(format || pattern)) return undefined
  return EXAMPLES[format ?? ''] ?? examples?.[0]
}

/** `"a", "b" or "c"`. */
export function namesOf(names: readonly string[], last = 'or'): string {
  const quoted = names.map(name => JSON.stringify(name))
  return quoted.length < 2 ? quoted.join() : `${quoted.slice(0, -1).join(', ')} ${last} ${quoted.at(-1)}`
}

function wantedText({ pattern, format, description, maxLength }: TSchema): string {
  if (pattern === DURATION_PATTERN) return 'a duration'
  if (format && FORMATS[format]) return FORMATS[format]
  if (pattern && description) return inSentence(description)
  return maxLength === undefined ? 'text' : `text of at most ${maxLength} characters`
}

/** Descriptions of patterns say what the text is. */
function inSentence(description: string): string {
  return `${description.charAt(0).toLowerCase()}${description.slice(1)}`.replace(/\.$/, '')
}

function wantedNumber({ type, minimum, maximum }: TSchema): string {
  const range = [minimum === undefined ? '' : ` from ${minimum}`, maximum === undefined ? '' : ` to ${maximum}`]
  return `a ${type === 'integer' ? 'whole ' : ''}number${range.join('')}`
}

function wantedObject({ maxProperties, properties = {} }: TSchema): string {
  return maxProperties === 1 ? `exactly one of ${namesOf(Object.keys(properties))}` : 'an object'
}
