import type { Tree } from '../../src/http/openapi-models.ts'
import { DEVIATIONS, type Deviation } from './deviations.ts'
import type { Facts } from './fields.ts'
import { type Operation, operationsOf } from './operations.ts'

/** One thing that a description says otherwise than ours. */
export interface Difference {
  readonly operation: string
  readonly kind: 'adds' | 'changes' | 'removes'
  readonly what: string
  /** Why it is so on purpose; undefined: nobody meant it. */
  readonly deviation: Deviation | undefined
}

/** What `theirs` adds to, removes from or changes of `ours`. */
export function driftBetween(ours: Tree, theirs: Tree): readonly Difference[] {
  const [here, there] = [operationsOf(ours), operationsOf(theirs)]
  const keys = [...new Set([...here.keys(), ...there.keys()])]
  return keys.flatMap(key => operationDrift(here.get(key), there.get(key))).toSorted(inReadingOrder)
}

function operationDrift(ours: Operation | undefined, theirs: Operation | undefined): Difference[] {
  if (!ours) return theirs ? [difference(theirs, 'adds', 'this operation')] : []
  if (!theirs) return [difference(ours, 'removes', 'this operation')]

  const [added, removed] = [missingIn(ours, theirs), missingIn(theirs, ours)]
  const changed = [...theirs.fields].flatMap(([place, facts]) => changes(place, ours.fields.get(place), facts))
  return [
    ...added.map(([place, facts]) => difference(ours, 'adds', `${place} (${described(facts)})`)),
    ...removed.map(([place, facts]) => difference(ours, 'removes', `${place} (${described(facts)})`)),
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

/** What `one` lacks of `other`; of a value that is missing with all that is in it, the value alone. */
function missingIn(one: Operation, other: Operation): [string, Facts][] {
  const missing = [...other.fields].filter(([place]) => !one.fields.has(place))
  const places = missing.map(([place]) => place)
  return missing.filter(([place]) => !places.some(holder => isWithin(place, holder)))
}

function isWithin(place: string, holder: string): boolean {
  return [' ', '.', '['].some(separator => place.startsWith(holder + separator))
}

function changes(place: string, ours: Facts | undefined, theirs: Facts): string[] {
  if (!ours) return []
  const aspects = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])]
  return aspects
    .filter(aspect => ours[aspect] !== theirs[aspect])
    .map(aspect => `${place}: ${phrase(aspect, theirs[aspect])}, here ${ours[aspect] ?? ABSENT[aspect] ?? 'none'}`)
}

/** `string, optional, format uuid` */
function described(facts: Facts): string {
  return Object.entries(facts)
    .map(([aspect, value]) => (aspect === 'type' ? value : phrase(aspect, value)))
    .join(', ')
}

/** What it is called when nothing is said of it. */
const ABSENT: Facts = { status: 'current' }

function phrase(aspect: string, value: string | undefined): string {
  if (aspect === 'presence' || aspect === 'status') return value ?? ABSENT[aspect] ?? 'none'
  return value === undefined ? `no ${aspect}` : `${aspect} ${value}`
}

function inReadingOrder(one: Difference, other: Difference): number {
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
