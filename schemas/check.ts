/** Validates values against models. */
import { type TypeCheck, TypeCompiler, type ValueError, ValueErrorType } from '@sinclair/typebox/compiler'
import { isObject } from './is-object.ts'
import type { TSchema } from './typebox.ts'

/**
 * Why a value is invalid. `where` is a path such as `config.ingress[0].service`; empty for the
 * root.
 */
export interface Problem {
  readonly where: string
  readonly what: string
}

/** Compiled on first use. */
const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>()

function compiledOf(schema: TSchema): TypeCheck<TSchema> {
  const model = compiled.get(schema) ?? TypeCompiler.Compile(schema)
  compiled.set(schema, model)
  return model
}

/** The first problem of a value; undefined if it matches its model. */
export function problemWith(schema: TSchema, value: unknown): Problem | undefined {
  const error = firstErrorIn(schema, value)
  return error && { where: asPath(pointerOf(error)), what: describe(error) }
}

/** The first error of a value, as TypeBox has it; undefined if it matches its model. */
export function firstErrorIn(schema: TSchema, value: unknown): ValueError | undefined {
  const model = compiledOf(schema)
  return model.Check(value) ? undefined : model.Errors(value).First()
}

/**
 * Converts URL parameters from text to the numbers, booleans and lists of their model, and adds
 * defaults. The items of a list are separated by commas or are repeated parameters. An empty
 * boolean or list counts as absent.
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

/** For a missing key, returns the path of the object that should contain it. */
function pointerOf({ type, path }: ValueError): string {
  return type === ValueErrorType.ObjectRequiredProperty ? path.slice(0, path.lastIndexOf('/')) : path
}

/** `/tunnels/0/name` becomes `tunnels[0].name`. */
export function asPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce((path, part) => (/^\d+$/.test(part) ? `${path}[${part}]` : path ? `${path}.${part}` : part), '')
}

/** Uses the words of Rust's serde where it has them. */
function describe({ type, schema, value, path, message }: ValueError): string {
  if (type === ValueErrorType.ObjectRequiredProperty) return `missing field \`${path.split('/').at(-1)}\``
  if (type === ValueErrorType.ObjectAdditionalProperties) return 'unknown field'
  if (schema.enum && typeof value === 'string')
    return `unknown variant \`${value}\`, expected one of ${list(schema.enum)}`
  if (schema.type && typeNameOf(value) !== schema.type)
    return `invalid type: ${typeNameOf(value)}, expected ${schema.type}`
  return `${message.charAt(0).toLowerCase()}${message.slice(1)}`
}

function list(values: readonly string[]): string {
  return values.map(value => `\`${value}\``).join(', ')
}

function typeNameOf(value: unknown): string {
  if (value === null) return 'null'
  if (Array.isArray(value)) return 'array'
  return Number.isInteger(value) ? 'integer' : typeof value
}
