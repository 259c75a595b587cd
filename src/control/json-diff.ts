import type { Difference } from '../../schemas/control/configuration.ts'
import type { Miss } from '../../schemas/control/journal.ts'
import { isObject } from '../../schemas/is-object.ts'

/** The differences between two JSON values, field by field. A side without the field has no key. */
export function differences(before: unknown, after: unknown): Difference[] {
  return compare(before, after, '', keysOfBoth)
}

/**
 * The differences between a value and the expected one. Of objects, only the keys of `expected`
 * count; arrays must have the same number of elements.
 */
export function misses(expected: unknown, actual: unknown): Miss[] {
  return compare(expected, actual, '', definedKeys).map(({ field, before, after }) => ({
    field,
    ...(before === undefined ? {} : { expected: before }),
    ...(after === undefined ? {} : { actual: after }),
  }))
}

type Fields = Readonly<Record<string, unknown>>

/** Selects the keys of two objects that are compared. */
type Keys = (before: Fields, after: Fields) => readonly string[]

function compare(before: unknown, after: unknown, field: string, keys: Keys): Difference[] {
  if (before === after) return []

  if (Array.isArray(before) && Array.isArray(after)) {
    const indexes = Array.from({ length: Math.max(before.length, after.length) }, (_, index) => index)
    return indexes.flatMap(index => compare(before[index], after[index], `${field}[${index}]`, keys))
  }
  if (isObject(before) && isObject(after)) {
    return keys(before, after).flatMap(key => compare(own(before, key), own(after, key), within(field, key), keys))
  }
  return [{ field, ...(before === undefined ? {} : { before }), ...(after === undefined ? {} : { after }) }]
}

const keysOfBoth: Keys = (before, after) => [...new Set([...Object.keys(before), ...Object.keys(after)])]

/** In the library, a key whose value is undefined counts as absent. */
const definedKeys: Keys = expected => Object.keys(expected).filter(key => expected[key] !== undefined)

function own(tree: Fields, key: string): unknown {
  return Object.hasOwn(tree, key) ? tree[key] : undefined
}

/** Reads like code: `ingress[0].service`. A key that looks like a path is quoted. */
function within(field: string, key: string): string {
  if (key === '' || /[.[\]"]/.test(key)) return `${field}[${JSON.stringify(key)}]`
  return field === '' ? key : `${field}.${key}`
}
