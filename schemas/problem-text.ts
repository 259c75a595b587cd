/** Why a value is invalid, in words for people. */
import { type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { DURATION_PATTERN, durationProblem } from './duration.ts'
import { isObject } from './is-object.ts'
import { nearest } from './nearest.ts'
import type { TSchema } from './typebox.ts'
import { exampleFor, namesOf, wantedBy } from './wanted.ts'

/**
 * Why a value is invalid. `where` is a path such as `config.ingress[0].service`; empty for the
 * root.
 */
export interface Problem {
  readonly where: string
  readonly what: string
}

/** A message for people about an error of TypeBox. */
export function problemOf(error: ValueError): Problem {
  const { type, schema, path, value } = error
  const [parent, key = ''] = splitAtLast(path)
  if (type === ValueErrorType.ObjectRequiredProperty) {
    return { where: asPath(parent), what: `"${key}" is missing: ${withExample(wantedBy(schema), schema)}` }
  }
  if (type === ValueErrorType.ObjectAdditionalProperties) {
    return { where: asPath(parent), what: unknownField(key, Object.keys(schema.properties)) }
  }
  const inner = errorInVariant(error)
  return inner ? problemOf(inner) : { where: asPath(path), what: mismatch(path, value, schema) }
}

function unknownField(key: string, known: readonly string[]): string {
  const similar = nearest(key, known)
  if (similar) return `unknown field ${shown(key)}; did you mean "${similar}"?`
  return `unknown field ${shown(key)}; there are ${known.length > 0 ? namesOf(known, 'and') : 'none'}`
}

/** The problem inside of an object or a list that a union allows, such as `list or null`. */
function errorInVariant({ schema, value, errors }: ValueError): ValueError | undefined {
  const type = Array.isArray(value) ? 'array' : isObject(value) ? 'object' : undefined
  const index = schema.anyOf?.findIndex((variant: TSchema) => variant.type === type) ?? -1
  return type && errors[index]?.First()
}

function mismatch(path: string, value: unknown, schema: TSchema): string {
  if (isDurationModel(schema) && /^(string|number)$/.test(typeof value)) return durationProblem(value, shown(value))
  if (isObject(value) && schema.maxProperties === 1) return `needs ${wantedBy(schema)}`
  if (value === '' && schema.minLength) return 'the text is empty'
  if (Array.isArray(value) && schema.minItems) return 'the list is empty'
  return `${isSecret(path) ? 'the value' : shown(value)} is not ${withExample(wantedBy(schema), schema)}`
}

function isDurationModel({ pattern, anyOf = [] }: TSchema): boolean {
  return pattern === DURATION_PATTERN || anyOf.some(isDurationModel)
}

function withExample(wanted: string, schema: TSchema): string {
  const example = exampleFor(schema)
  return example === undefined ? wanted : `${wanted}; use ${example}`
}

/** A message must not repeat a credential that has the wrong type. */
function isSecret(path: string): boolean {
  return /(secret|token|key|credentials)(\/\d+)?$/.test(path)
}

const MAX_SHOWN = 80

function shown(value: unknown): string {
  if (Array.isArray(value)) return value.length === 0 ? 'an empty list' : 'a list'
  if (isObject(value)) return Object.keys(value).length === 0 ? 'an empty object' : 'an object'
  const text = JSON.stringify(value) ?? 'nothing'
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN)}…` : text
}

/** `/tunnels/0/name` becomes `tunnels[0].name`. */
function asPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(unescaped)
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '')
}

function splitAtLast(path: string): [parent: string, key: string] {
  const index = path.lastIndexOf('/')
  return [path.slice(0, index), unescaped(path.slice(index + 1))]
}

function unescaped(key: string): string {
  return key.replaceAll('~1', '/').replaceAll('~0', '~')
}
