/** Validates values against models. */
import { type TypeCheck, TypeCompiler } from '@sinclair/typebox/compiler'
import { isObject } from './is-object.ts'
import { type Problem, problemOf } from './problem-text.ts'
import type { TSchema } from './typebox.ts'

/** Compiled on first use. */
const compiled = new WeakMap<TSchema, TypeCheck<TSchema>>()

function compiledOf(schema: TSchema): TypeCheck<TSchema> {
  const model = compiled.get(schema) ?? TypeCompiler.Compile(schema)
  compiled.set(schema, model)
  return model
}

/** The first problem of a value; undefined if it matches its model. */
export function problemWith(schema: TSchema, value: unknown): Problem | undefined {
  const model = compiledOf(schema)
  if (model.Check(value)) return undefined

  const error = model.Errors(value).First()
  return error && problemOf(error)
}

/**
 * Converts URL parameters from text to the numbers, booleans and lists of their model, and adds
 * defaults. The items of a list are separated by commas or are repeated parameters. An empty
 * boolean or list counts as absent.
 */
export function fromText(schema: TSchema, parameters: unknown): unknown {
  if (!isObject(parameters)) return parameters

  const typed: Record<string, unknown> = { ...parameters }
  for (const [key, { type, anyOf, default: fallback }] of Object.entries<TSchema>(schema.properties ?? {})) {
    const text = parameters[key]
    const isInteger = [{ type }, ...(anyOf ?? [])].some((choice: TSchema) => choice.type === 'integer')
    if (text === undefined && fallback !== undefined) typed[key] = fallback
    else if (isInteger && typeof text === 'string' && /^-?\d+$/.test(text)) typed[key] = Number(text)
    else if (type === 'boolean' && (text === 'true' || text === 'false')) typed[key] = text === 'true'
    else if ((type === 'boolean' || type === 'array') && text === '') delete typed[key]
    else if (type === 'array' && text !== undefined) typed[key] = [text].flat().flatMap(part => String(part).split(','))
  }
  return typed
}
