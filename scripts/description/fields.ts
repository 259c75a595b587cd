import { isObject } from '../../schemas/is-object.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { isNull, list, type ResolvedSchema, resolveSchema, typesOf } from './schema.ts'

/**
 * What a description says about one value, in words: `type` is `string`, `presence` is `required`.
 */
export type Facts = Readonly<Record<string, string>>

/** Facts by the path of a value, such as `answer result.connections[].colo_name`. */
export type Fields = ReadonlyMap<string, Facts>

/** The keywords of JSON Schema that are compared as they are, with the words to print for them. */
const KEYWORDS = {
  format: 'format',
  pattern: 'pattern',
  minimum: 'minimum',
  maximum: 'maximum',
  exclusiveMinimum: 'greater than',
  exclusiveMaximum: 'less than',
  multipleOf: 'multiple of',
  minLength: 'minimum length',
  maxLength: 'maximum length',
  minItems: 'minimum items',
  maxItems: 'maximum items',
  minProperties: 'minimum keys',
  maxProperties: 'maximum keys',
  default: 'default',
}

/** Flattens a schema into its values by path, without descriptions, titles and examples. */
export function fieldsOf(document: OpenApiObject, root: string, schema: unknown, required: boolean): Fields {
  const fields = new Map<string, Facts>()

  const collect = (
    path: string,
    node: unknown,
    isRequired: boolean,
    references: ResolvedSchema['references'],
  ): void => {
    const { schema: resolved, references: further } = resolveSchema(document, node, references)
    fields.set(path, factsOf(resolved, isRequired))
    if (isNull(resolved)) return

    const { properties, items, additionalProperties: others, required: names } = resolved
    const types = typesOf(resolved)
    for (const [key, property] of Object.entries(isObject(properties) && types.includes('object') ? properties : {})) {
      collect(childPath(path, key, root), property, list(names).includes(key), further)
    }
    if (isObject(items) && types.includes('array')) collect(`${path}[]`, items, true, further)
    if (isObject(others) && types.includes('object')) collect(childPath(path, '*', root), others, false, further)
  }

  collect(root, schema, required, [])
  return fields
}

/** `answer result.id`: a space follows the root, and a dot follows any other path. */
function childPath(path: string, key: string, root: string): string {
  return `${path}${path === root ? ' ' : '.'}${key}`
}

function factsOf(schema: OpenApiObject, isRequired: boolean): Facts {
  const values = list(schema.const === undefined ? schema.enum : [schema.const]).filter(value => value !== null)
  const facts: Record<string, string> = {
    type: isNull(schema) ? 'null' : typesOf(schema).toSorted(nullLast).join(' or ') || 'anything',
    presence: isRequired ? 'required' : 'optional',
  }
  if (values.length > 0) facts.values = values.map(String).toSorted().join(' | ')
  for (const [keyword, name] of Object.entries(KEYWORDS)) {
    if (schema[keyword] !== undefined) facts[name] = textOf(schema[keyword])
  }
  if (schema.deprecated === true) facts.status = 'deprecated'
  return facts
}

function nullLast(one: string, other: string): number {
  return Number(one === 'null') - Number(other === 'null') || (one < other ? -1 : 1)
}

function textOf(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
}
