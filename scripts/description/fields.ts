import { isTree, type Tree } from '../../src/http/openapi-models.ts'
import { isNull, list, type Resolved, resolved, typesOf } from './schema.ts'

/** What a description says of one value, each aspect in words: `type` is `string`, `presence` is `required`. */
export type Facts = Readonly<Record<string, string>>

/** Facts by the place of a value, such as `answer result.connections[].colo_name`. */
export type Fields = ReadonlyMap<string, Facts>

/** The keywords of JSON Schema that are compared as they are, by the words they are printed with. */
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

/** A schema laid flat: every value in it by its place. Descriptions, titles and examples are not compared. */
export function fieldsOf(document: Tree, place: string, schema: unknown, required: boolean): Fields {
  const fields = new Map<string, Facts>()

  const collect = (here: string, node: unknown, isRequired: boolean, way: Resolved['way']): void => {
    const { schema: found, way: further } = resolved(document, node, way)
    fields.set(here, factsOf(found, isRequired))
    if (isNull(found)) return

    const { properties, items, additionalProperties: others, required: names } = found
    const types = typesOf(found)
    for (const [key, property] of Object.entries(isTree(properties) && types.includes('object') ? properties : {})) {
      collect(within(here, key, place), property, list(names).includes(key), further)
    }
    if (isTree(items) && types.includes('array')) collect(`${here}[]`, items, true, further)
    if (isTree(others) && types.includes('object')) collect(within(here, '*', place), others, false, further)
  }

  collect(place, schema, required, [])
  return fields
}

/** `answer result.id`: what stands before the first key names no value of its own. */
function within(here: string, key: string, root: string): string {
  return `${here}${here === root ? ' ' : '.'}${key}`
}

function factsOf(schema: Tree, isRequired: boolean): Facts {
  const values = list(schema.const === undefined ? schema.enum : [schema.const]).filter(value => value !== null)
  const facts: Record<string, string> = {
    type: isNull(schema) ? 'null' : typesOf(schema).toSorted(nullLast).join(' or ') || 'anything',
    presence: isRequired ? 'required' : 'optional',
  }
  if (values.length > 0) facts.values = values.map(String).toSorted().join(' | ')
  for (const [keyword, name] of Object.entries(KEYWORDS)) {
    if (schema[keyword] !== undefined) facts[name] = text(schema[keyword])
  }
  if (schema.deprecated === true) facts.status = 'deprecated'
  return facts
}

function nullLast(one: string, other: string): number {
  return Number(one === 'null') - Number(other === 'null') || (one < other ? -1 : 1)
}

function text(value: unknown): string {
  return typeof value === 'string' && value !== '' ? value : JSON.stringify(value)
}
