import { isTree, mapValues, type Tree } from '../../src/http/openapi-models.ts'

/** The references on the way to a schema: one of them again means that it contains itself. */
type Way = readonly string[]

export interface Resolved {
  readonly schema: Tree
  readonly way: Way
}

const NOTHING: Resolved = { schema: {}, way: [] }

/** A schema by itself: references followed, `allOf` joined, `oneOf` and `anyOf` as one that takes any of them. */
export function resolved(document: Tree, node: unknown, way: Way = []): Resolved {
  if (!isTree(node)) return NOTHING

  const { $ref: reference, allOf, oneOf, anyOf, ...own } = node
  const inherited = [referred(document, reference, way), ...list(allOf).map(part => resolved(document, part, way))]
  const alternatives = list(oneOf ?? anyOf).map(part => resolved(document, part, way))
  const parts = [...inherited, { schema: own, way }, either(alternatives)]
  return { schema: parts.map(({ schema }) => schema).reduce(both), way: parts.flatMap(part => part.way) }
}

function referred(document: Tree, reference: unknown, way: Way): Resolved {
  if (typeof reference !== 'string') return NOTHING
  if (way.includes(reference)) return { schema: { type: 'itself again' }, way }

  return resolved(document, at(document, reference), [...way, reference])
}

/** What a reference such as `#/components/schemas/Tunnel` points at. */
export function at(document: Tree, reference: string): unknown {
  return reference
    .split('/')
    .slice(1)
    .map(part => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>((node, part) => (isTree(node) ? node[part] : undefined), document)
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}

/** What satisfies the one and the other; where they disagree the later one is the finer. */
function both(one: Tree, other: Tree): Tree {
  const schema = { ...one, ...other }
  if (one.required && other.required) schema.required = [...list(one.required), ...list(other.required)]
  if (isTree(one.properties) && isTree(other.properties)) {
    schema.properties = joined(one.properties, other.properties, (first, second) => ({ allOf: [first, second] }))
  }
  return schema
}

function joined(one: Tree, other: Tree, join: (first: unknown, second: unknown) => unknown): Tree {
  const shared = mapValues(other, value => value)
  for (const [key, value] of Object.entries(one))
    shared[key] = Object.hasOwn(other, key) ? join(value, other[key]) : value
  return shared
}

/** What satisfies one of several: their types together, and the properties of all, required where all require them. */
function either(alternatives: readonly Resolved[]): Resolved {
  const [first, ...others] = alternatives
  if (!first) return NOTHING

  return {
    schema: others.map(({ schema }) => schema).reduce(oneOrOther, first.schema),
    way: alternatives.flatMap(({ way }) => way),
  }
}

function oneOrOther(one: Tree, other: Tree): Tree {
  if (isNull(one)) return { ...other, nullable: true }
  if (isNull(other)) return { ...one, nullable: true }

  const { enum: values, properties, required, ...kept } = one
  const types = [...new Set([...typesOf(one), ...typesOf(other)])]
  return {
    ...other,
    ...kept,
    type: types,
    ...(values && other.enum ? { enum: [...new Set([...list(values), ...list(other.enum)])] } : { enum: undefined }),
    required: list(required).filter(name => list(other.required).includes(name)),
    properties: joined(
      isTree(properties) ? properties : {},
      isTree(other.properties) ? other.properties : {},
      (first, second) => ({ anyOf: [first, second] }),
    ),
  }
}

export function isNull(schema: Tree): boolean {
  return schema.type === 'null' || ('enum' in schema && list(schema.enum).length === 1 && list(schema.enum)[0] === null)
}

/** The types a schema names, or those that follow from what else it says. */
export function typesOf({ type, nullable, properties, items, enum: values, const: only }: Tree): readonly string[] {
  const named = Array.isArray(type) ? type.map(String) : type === undefined ? [] : [String(type)]
  const implied = properties ? ['object'] : items ? ['array'] : (values ?? only) ? ['string'] : []
  const types = named.length > 0 ? named : implied
  return nullable === true || list(values).includes(null) ? [...new Set([...types, 'null'])] : types
}
