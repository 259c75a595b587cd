/**
 * The TypeBox exports for all models. The value and the type of a model have the same name. This
 * folder imports nothing but TypeBox, and no other folder imports TypeBox.
 */
import { Kind, type Static, type TObject, type TSchema, Type, TypeRegistry } from '@sinclair/typebox'
import './formats.ts'

export { type Static, type TObject, type TSchema, Type }

const TEXT_ENUM = 'TextEnum'

TypeRegistry.Set<{ enum: readonly unknown[] }>(TEXT_ENUM, (schema, value) => schema.enum.includes(value))

/**
 * A fixed set of strings, as a JSON Schema `enum`, so that errors and documentation can list it.
 */
export function TextEnum<const T extends readonly string[]>(values: T, options: object = {}) {
  return Type.Unsafe<T[number]>({ ...options, [Kind]: TEXT_ENUM, type: 'string', enum: values })
}

/** For fields that are null instead of absent. */
export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** For responses: rejects undeclared keys. */
export const CLOSED = { additionalProperties: false }

/** For requests and stored data: accepts undeclared keys. */
export const OPEN = { additionalProperties: true }
