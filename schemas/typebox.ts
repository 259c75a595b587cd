/**
 * Every request and response model of the emulated API, one noun a file; the value and the type share one name.
 * This folder imports nothing but TypeBox, and nothing else imports TypeBox.
 */
import { Kind, type Static, type TSchema, Type, TypeRegistry } from '@sinclair/typebox'
import './formats.ts'

export { type Static, type TSchema, Type }

const TEXT_ENUM = 'TextEnum'

TypeRegistry.Set<{ enum: readonly unknown[] }>(TEXT_ENUM, (schema, value) => schema.enum.includes(value))

/** A closed set of strings, described as JSON Schema's own `enum` so that errors and documentation can list it. */
export function TextEnum<const T extends readonly string[]>(values: T, options: object = {}) {
  return Type.Unsafe<T[number]>({ ...options, [Kind]: TEXT_ENUM, type: 'string', enum: values })
}

/** Null where Cloudflare answers null, as opposed to leaving the key out. */
export function Nullable<T extends TSchema>(schema: T) {
  return Type.Union([schema, Type.Null()])
}

/** A model of what we answer: no key may appear that it does not declare. */
export const CLOSED = { additionalProperties: false }

/** A model of what we are sent, or store for others: unknown keys pass. */
export const OPEN = { additionalProperties: true }
