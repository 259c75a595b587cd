import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { DEVIATIONS, type Deviation } from './deviations.ts'
import type { Facts } from './fields.ts'
import { type Operation, operationsOf } from './operations.ts'

/** One difference between another description and ours. */
export interface Difference {
  readonly operation: string
  readonly kind: 'adds' | 'changes' | 'removes'
  readonly what: string
  /** The deviation that explains it; undefined if it is not on purpose. */
  readonly deviation: Deviation | undefined
}

/** What `theirs` adds, removes or changes compared with `ours`. */
export function findDrift(ours: OpenApiObject, theirs: OpenApiObject): readonly Difference[] {
  const [ourOperations, theirOperations] = [operationsOf(ours), operationsOf(theirs)]
  const keys = [...new Set([...ourOperations.keys(), ...theirOperations.keys()])]
  return keys
    .flatMap(key => operationDrift(ourOperations.get(key), theirOperations.get(key)))
    .toSorted(byPathThenMethod)
}

function operationDrift(ours: Operation | undefined, theirs: Operation | undefined): Difference[] {
  if (!ours) return theirs ? [difference(theirs, 'adds', 'this operation')] : []
  if (!theirs) return [difference(ours, 'removes', 'this operation')]

  const [added, removed] = [missingIn(ours, theirs), missingIn(theirs, ours)]
  const changed = [...theirs.fields].flatMap(([place, facts]) => findChanges(place, ours.fields.get(place), facts))
  return [
    ...added.map(([place, facts]) => difference(ours, 'adds', `${place} (${describeFacts(facts)})`)),
    ...removed.map(([place, facts]) => difference(ours, 'removes', `${place} (${describeFacts(facts)})`)),
    ...changed.map(what => difference(ours, 'changes', what)),
  ]
}

function difference({ name }: Operation, kind: Difference['kind'], what: string): Difference {
  return {
    operation: name,
    kind,
    what,
    deviation: DEVIATIONS.find(({ covers }) => covers.test(`${name}: ${kind} ${what}`)),
  }
}

/**
 * The fields of `other` that `one` lacks. For an object that is missing as a whole, only the
 * object.
 */
function missingIn(one: Operation, other: Operation): [string, Facts][] {
  const missing = [...other.fields].filter(([place]) => !one.fields.has(place))
  const places = missing.map(([place]) => place)
  return missing.filter(([place]) => !places.some(parent => isWithin(place, parent)))
}

function isWithin(place: string, parent: string): boolean {
  return [' ', '.', '['].some(separator => place.startsWith(parent + separator))
}

function findChanges(place: string, ours: Facts | undefined, theirs: Facts): string[] {
  if (!ours) return []
  const aspects = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
  return aspects
    .filter(aspect => ours[aspect] !== theirs[aspect])
    .map(
      aspect =>
        `${place}: ${describeFact(aspect, theirs[aspect])}, here ${ours[aspect] ?? DEFAULT_TEXTS[aspect] ?? 'none'}`,
    )
}

/** Returns text such as `string, optional, format uuid`. */
function describeFacts(facts: Facts): string {
  return Object.entries(facts)
    .map(([aspect, value]) => (aspect === 'type' ? value : describeFact(aspect, value)))
    .join(', ')
}

/** The text for a fact that a description leaves out; `none` for any other. */
const DEFAULT_TEXTS: Facts = { status: 'current' }

function describeFact(aspect: string, value: string | undefined): string {
  if (aspect === 'presence' || aspect === 'status') return value ?? DEFAULT_TEXTS[aspect] ?? 'none'
  return value === undefined ? `no ${aspect}` : `${aspect} ${value}`
}

function byPathThenMethod(one: Difference, other: Difference): number {
  return (
    compare(one.operation.replace(/^\w+ /, ''), other.operation.replace(/^\w+ /, '')) ||
    compare(one.operation, other.operation) ||
    compare(one.kind, other.kind) ||
    compare(one.what, other.what)
  )
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1
}
