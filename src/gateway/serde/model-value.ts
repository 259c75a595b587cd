/**
 * Reads values by their models, as serde's derived code does: the first problem in the text wins,
 * whether it is one of form or of type.
 */
import { problemWith } from '../../../schemas/check.ts'
import type { TSchema } from '../../../schemas/typebox.ts'
import { readAnyValue } from './any-value.ts'
import { ignoreValue } from './ignored-value.ts'
import { isDigit, readNumber } from './number.ts'
import { code, END, type Source } from './source.ts'
import { hasElement, hasKey, takeColon, takeWord } from './structure.ts'
import { readText } from './text.ts'
import { unexpectedNumber, unexpectedText, unexpectedValue } from './unexpected.ts'
import { expectedType, expectedWithin, noVariant, unknownVariant } from './words.ts'

type Reader = (source: Source, schema: TSchema) => unknown

/** Readers by the type of a model. Models without a reader are read whole. */
const READERS: Readonly<Record<string, Reader>> = {
  string: readString,
  integer: readInteger,
  boolean: readBoolean,
  array: readArray,
  object: readObject,
}

export function readModelValue(source: Source, schema: TSchema): unknown {
  const read = schema.enum ? readVariant : (schema.properties || schema.type !== 'object') && READERS[schema.type]
  if (source.skipBlanks() === END) source.failAtNext('EOF while parsing a value')
  return read ? read(source, schema) : readWhole(source, schema)
}

/** A union, a map or a number: serde reads the whole value before it says that none fits. */
function readWhole(source: Source, schema: TSchema): unknown {
  const value = readAnyValue(source)
  return problemWith(schema, value) ? source.fail(noVariant(schema)) : value
}

function readString(source: Source, schema: TSchema): string {
  if (source.peek() !== code('"')) return failForType(source, schema)

  const text = readText(source)
  if (problemWith(schema, text)) failForValue(source, unexpectedText(text), expectedWithin(schema))
  return text
}

function readInteger(source: Source, schema: TSchema): number {
  const byte = source.peek()
  if (byte !== code('-') && !isDigit(byte)) return failForType(source, schema)

  const number = readNumber(source)
  const { value, whole } = number
  if (whole === undefined) return failForType(source, schema, unexpectedNumber(number))
  const isInType = schema.minimum >= 0 ? whole >= 0 : whole < 2n ** 63n
  if (!isInType) failForValue(source, unexpectedNumber(number), expectedType(schema))
  if (problemWith(schema, value)) failForValue(source, unexpectedNumber(number), expectedWithin(schema))
  return value
}

function readBoolean(source: Source, schema: TSchema): boolean {
  const isTrue = source.peek() === code('t')
  if (!isTrue && source.peek() !== code('f')) return failForType(source, schema)

  takeWord(source, String(isTrue))
  return isTrue
}

function readVariant(source: Source, { enum: variants }: TSchema): string {
  if (source.peek() === code('{')) failForMap(source)
  if (source.peek() !== code('"')) source.failAtNext('expected value')

  const text = readText(source)
  return variants.includes(text) ? text : source.fail(unknownVariant(text, variants))
}

/** serde would take `{"local": null}`; we do not, since nobody sends that. */
function failForMap(source: Source): never {
  source.enter()
  hasKey(source, true)
  return source.failAtNext('expected value')
}

function readArray(source: Source, schema: TSchema): unknown[] {
  if (source.peek() !== code('[')) return failForType(source, schema)

  const items: unknown[] = []
  source.enter()
  while (hasElement(source, items.length === 0)) items.push(readModelValue(source, schema.items))
  source.leave()
  return items
}

function readObject(source: Source, schema: TSchema): Record<string, unknown> {
  if (source.peek() !== code('{')) return failForNoObject(source, schema)

  const { properties, required = [] } = schema
  const found = new Set<string>()
  const entries: [string, unknown][] = []
  source.enter()
  for (let isFirst = true; hasKey(source, isFirst); isFirst = false) {
    const key = readText(source)
    if (!Object.hasOwn(properties, key)) {
      takeColon(source)
      entries.push([key, readUndeclared(source, schema)])
      continue
    }
    if (found.has(key)) failInObject(source, `duplicate field \`${key}\``)
    found.add(key)
    takeColon(source)
    const value = readField(source, schema, key)
    if (value !== undefined) entries.push([key, value])
  }
  const missing = required.find((key: string) => !found.has(key))
  if (missing !== undefined) failInObject(source, `missing field \`${missing}\``)
  source.leave()
  return Object.fromEntries(entries)
}

/** Reads the value of a declared key; undefined for null in an optional field. */
function readField(source: Source, { properties, required = [] }: TSchema, key: string): unknown {
  if (required.includes(key) || source.skipBlanks() !== code('n')) return readModelValue(source, properties[key])

  takeWord(source, 'null')
  return undefined
}

/** An open model keeps the values of undeclared keys (inferred: unread_ignored). */
function readUndeclared(source: Source, { additionalProperties }: TSchema): unknown {
  return additionalProperties === true ? readAnyValue(source) : ignoreValue(source)
}

/** serde finds problems of an object as a whole after it has tried to find its end. */
function failInObject(source: Source, problem: string): never {
  if (source.skipBlanks() === code('}')) source.leave()
  return source.fail(problem)
}

/**
 * serde reads a list as the fields of a closed struct, one after the other, and would take it if
 * none is missing. We do not: their order is not known, and the request log could not find the
 * secret among them (assumed: body_limits).
 */
function failForNoObject(source: Source, schema: TSchema): never {
  if (source.peek() !== code('[') || schema.additionalProperties === true) return failForType(source, schema)

  const start = source.index
  const keys = Object.keys(schema.properties)
  let length = 0
  source.enter()
  for (; length < keys.length && hasElement(source, length === 0); length++)
    readField(source, schema, keys[length] ?? '')
  if (length === keys.length) source.fail(`invalid type: sequence, expected ${expectedType(schema)}`, start)
  source.leave()
  const elements = keys.length === 1 ? 'element' : 'elements'
  return source.fail(`invalid length ${length}, expected ${expectedType(schema)} with ${keys.length} ${elements}`)
}

function failForType(source: Source, schema: TSchema, unexpected = unexpectedValue(source)): never {
  return source.fail(`invalid type: ${unexpected}, expected ${expectedType(schema)}`)
}

function failForValue(source: Source, unexpected: string, expected: string): never {
  return source.fail(`invalid value: ${unexpected}, expected ${expected}`)
}
