/** Checks values against models. */
import { type TypeCheck, TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { isObject } from './is-object.ts'
import type { TSchema } from './typebox.ts'

/**
 * What is wrong with a value: `where` reads like code (`config.ingress[0].service`, empty at the
 * root).
 */
export interface Problem {
  readonly where: string
  readonly what: string
}

/** Each model is compiled once, with its first use. */
const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>()

function compiledOf(schema: TSchema): TypeCheck<TSchema> {
  const known = compiled.get(schema) ?? TypeCompiler.Compile(schema)
  compiled.set(schema, known)
  return known
}

/** The first thing that is wrong with a value, or undefined when it fits its model. */
export function problemWith(schema: TSchema, value: unknown): Problem | undefined {
  const model = compiledOf(schema)
  if (model.Check(value)) return undefined

  const error = model.Errors(value).First()
  return error && { where: asCode(holderOf(error)), what: describe(error) }
}

/**
 * The parameters of a URL, which are all text, with numbers, booleans, lists and defaults as their
 * model has them. A list is separated by commas, or named again for each item (client: list_types).
 * An empty boolean, or list, is one that was left out (documented: query_empty_flag).
 */
export function fromText(schema: TSchema, parameters: unknown): unknown {
  if (!isObject(parameters)) return parameters

  const typed: Record<string, unknown> = { ...parameters }
  for (const [key, { type, default: fallback }] of Object.entries<TSchema>(schema.properties ?? {})) {
    const text = parameters[key]
    if (text === undefined && fallback !== undefined) typed[key] = fallback
    else if (type === 'integer' && typeof text === 'string' && /^-?\d+$/.test(text)) typed[key] = Number(text)
    else if (type === 'boolean' && (text === 'true' || text === 'false')) typed[key] = text === 'true'
    else if ((type === 'boolean' || type === 'array') && text === '') delete typed[key]
    else if (type === 'array' && text !== undefined) typed[key] = [text].flat().flatMap(part => String(part).split(','))
  }
  return typed
}

/**
 * Null in an optional field is the same as leaving it out, as in Rust's serde and in Go
 * (inferred: configuration_nulls). Works on the value itself, which must be freshly parsed.
 */
export function withoutOptionalNulls(schema: TSchema, value: unknown): void {
  if (Array.isArray(value)) {
    for (const item of value) withoutOptionalNulls(schema.items ?? {}, item)
    return
  }
  if (!isObject(value)) return

  for (const [key, property] of Object.entries<TSchema>(schema.properties ?? {})) {
    if (value[key] === null && !schema.required?.includes(key)) delete value[key]
    else withoutOptionalNulls(property, value[key])
  }
}

/** A missing key is a problem of the object that should hold it. */
function holderOf({ type, path }: ValueError): string {
  return type === ValueErrorType.ObjectRequiredProperty ? path.slice(0, path.lastIndexOf('/')) : path
}

function asCode(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '')
}

/** In the words of Rust's serde where it has words for it (inferred: body_wording). */
function describe({ type, schema, value, path, message }: ValueError): string {
  if (type === ValueErrorType.ObjectRequiredProperty) return `missing field \`${path.split('/').at(-1)}\``
  if (type === ValueErrorType.ObjectAdditionalProperties) return 'unknown field'
  if (schema.enum && typeof value === 'string')
    return `unknown variant \`${value}\`, expected one of ${list(schema.enum)}`
  if (schema.type && nameOf(value) !== schema.type) return `invalid type: ${nameOf(value)}, expected ${schema.type}`
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

function list(values: readonly string[]): string {
  return values.map(value => `\`${value}\``).join(', ')
}

function nameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
