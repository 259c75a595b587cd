import { isObject } from '../../schemas/is-object.ts'
import { mapValues, type OpenApiObject } from '../../src/http/openapi-models.ts'

/** The references on the path to a schema. A repeated one means that the schema contains itself. */
type References = readonly string[]

export interface ResolvedSchema {
  readonly schema: OpenApiObject
  readonly references: References
}

const EMPTY: ResolvedSchema = { schema: {}, references: [] }

/**
 * Follows references, merges `allOf`, and turns `oneOf` and `anyOf` into one schema that allows any
 * of them.
 */
export function resolveSchema(document: OpenApiObject, node: unknown, references: References = []): ResolvedSchema {
  if (!isObject(node)) return EMPTY

  const { $ref: reference, allOf, oneOf, anyOf, ...own } = node
  const inherited = [
    resolveRef(document, reference, references),
    ...list(allOf).map(part => resolveSchema(document, part, references)),
  ]
  const alternatives = list(oneOf ?? anyOf).map(part => resolveSchema(document, part, references))
  const parts = [...inherited, { schema: own, references }, mergeAlternatives(alternatives)]
  return {
    schema: parts.map(({ schema }) => schema).reduce(mergeAllOf),
    references: parts.flatMap(part => part.references),
  }
}

function resolveRef(document: OpenApiObject, reference: unknown, references: References): ResolvedSchema {
  if (typeof reference !== 'string') return EMPTY
  if (references.includes(reference)) return { schema: { type: 'itself again' }, references }

  return resolveSchema(document, resolveReference(document, reference), [...references, reference])
}

/** The value that a reference such as `#/components/schemas/Tunnel` points at. */
export function resolveReference(document: OpenApiObject, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, part) => (isObject(node) ? node[part] : undefined), document)
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/**
 * The schema that requires both. Where they disagree, the later one wins, because it is narrower.
 */
function mergeAllOf(one: OpenApiObject, other: OpenApiObject): OpenApiObject {
  const schema = { ...one, ...other }
  if (one.required && other.required) schema.required = [...list(one.required), ...list(other.required)]
  if (isObject(one.properties) && isObject(other.properties)) {
    schema.properties = mergeProperties(one.properties, other.properties, (first, second) => ({
      allOf: [first, second],
    }))
  }
  return schema
}

function mergeProperties(
  one: OpenApiObject,
  other: OpenApiObject,
  join: (first: unknown, second: unknown) => unknown,
): OpenApiObject {
  const shared = mapValues(other, value => value)
  for (const [key, value] of Object.entries(one))
    shared[key] = Object.hasOwn(other, key) ? join(value, other[key]) : value
  return shared
}

/**
 * The schema that allows each of several: all their types and properties. A property is required if
 * all of them require it.
 */
function mergeAlternatives(alternatives: readonly ResolvedSchema[]): ResolvedSchema {
  const [first, ...others] = alternatives
  if (!first) return EMPTY

  return {
    schema: others.map(({ schema }) => schema).reduce(mergeTwoAlternatives, first.schema),
    references: alternatives.flatMap(({ references }) => references),
  }
}

function mergeTwoAlternatives(one: OpenApiObject, other: OpenApiObject): OpenApiObject {
  if (isNull(one)) return { ...other, nullable: true }
  if (isNull(other)) return { ...one, nullable: true }

  const { enum: values, properties, required, ...others } = one
  const types = [...new Set([...typesOf(one), ...typesOf(other)])]
  return {
    ...other,
    ...others,
    type: types,
    ...(values && other.enum ? { enum: [...new Set([...list(values), ...list(other.enum)])] } : { enum: undefined }),
    required: list(required).filter(name => list(other.required).includes(name)),
    properties: mergeProperties(
      isObject(properties) ? properties : {},
      isObject(other.properties) ? other.properties : {},
      (first, second) => ({ anyOf: [first, second] }),
    ),
  }
}

export function isNull(schema: OpenApiObject): boolean {
  return schema.type === 'null' || ('enum' in schema && list(schema.enum).length === 1 && list(schema.enum)[0] === null)
}

/** The types that a schema names, or those that its other keywords imply. */
export function typesOf({
  type,
  nullable,
  properties,
  items,
  enum: values,
  const: constant,
}: OpenApiObject): readonly string[] {
  const named = Array.isArray(type) ? type.map(String) : type === undefined ? [] : [String(type)]
  const implied = properties ? ['object'] : items ? ['array'] : (values ?? constant) ? ['string'] : []
  const types = named.length > 0 ? named : implied
  return nullable === true || list(values).includes(null) ? [...new Set([...types, 'null'])] : types
}
