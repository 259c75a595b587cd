import type { ObjectChange } from '../../schemas/control/snapshot.ts'
import { isObject } from '../../schemas/is-object.ts'
import type { TunnelStatus } from '../../schemas/tunnel.ts'
import { redactedObject } from '../gateway/redaction.ts'
import type { Work } from '../worlds/turns.ts'
import { differences } from './json-diff.ts'

/** The status of each tunnel, by account and id. */
export type Statuses = ReadonlyMap<string, TunnelStatus>

type Fields = Readonly<Record<string, unknown>>

/** Sections of a state with their items. */
type Sections = Readonly<Record<string, Iterable<unknown>>>

interface StateObject {
  readonly section: string
  /** Differs between the objects of a section. */
  readonly key: string
  readonly fields: Fields
}

/** How two states differ. The result has names and ids, but no other values: they may be secret. */
export function* changesBetween(
  before: Sections,
  after: Sections,
  statuses: { readonly before: Statuses; readonly after: Statuses },
): Work<ObjectChange[]> {
  const earlier = new Map<string, StateObject>()
  for (const object of objectsIn(before)) {
    earlier.set(`${object.section} ${object.key}`, object)
    yield
  }

  const changes: ObjectChange[] = []
  for (const object of objectsIn(after)) {
    const place = `${object.section} ${object.key}`
    const known = earlier.get(place)
    earlier.delete(place)
    const change = known
      ? changeOf(known, object, statuses.before.get(object.key), statuses.after.get(object.key))
      : { change: 'added' as const, ...nameOf(object) }
    if (change) changes.push(change)
    yield
  }
  for (const object of earlier.values()) changes.push({ change: 'removed', ...nameOf(object) })
  return changes
}

function changeOf(
  earlier: StateObject,
  object: StateObject,
  before: TunnelStatus | undefined,
  status: TunnelStatus | undefined,
): ObjectChange | undefined {
  const keys = Object.keys({ ...earlier.fields, ...object.fields })
  const fields = keys.filter(key => differences(earlier.fields[key], object.fields[key]).length > 0)
  const isSameStatus = object.section !== 'tunnels' || before === undefined || status === undefined || before === status
  if (fields.length === 0 && isSameStatus) return undefined
  return { change: 'changed', ...nameOf(object), fields, ...(!isSameStatus && { before, status }) }
}

/** A section such as `access` has lists by account, each of which counts as a section. */
function* objectsIn(sections: Sections): Generator<StateObject> {
  for (const [section, items] of Object.entries(sections)) {
    for (const item of items) {
      if (!isObject(item)) continue
      const { account_id, ...lists } = item
      if (!Object.values(lists).every(Array.isArray)) yield* objectIn(section, item)
      else yield* objectsOfAccount(section, account_id, lists)
    }
  }
}

function* objectsOfAccount(section: string, account_id: unknown, lists: Fields): Generator<StateObject> {
  for (const [name, list] of Object.entries(lists)) {
    const items = Array.isArray(list) ? list : []
    for (const item of items) yield* objectIn(`${section}.${name}`, { account_id, ...item })
  }
}

/** Nothing for a deleted object. A credential has no id and no name, so all of it is its key. */
function* objectIn(section: string, fields: Fields): Generator<StateObject> {
  const { account_tag, account_id = account_tag, id, name, deleted_at = null } = fields
  if (deleted_at !== null) return
  const own = id ?? name
  yield { section, key: own === undefined ? JSON.stringify(fields) : `${account_id} ${own}`, fields }
}

/** Users choose names, and may have put a secret into them. */
function nameOf({ section, fields }: StateObject): Omit<ObjectChange, 'change'> {
  const { account_tag, account_id = account_tag, zone_id, id, name, hostname, network } = fields
  const texts = { account_id, zone_id, id, name: name ?? hostname ?? network }
  const known = Object.entries(texts).filter(([, text]) => typeof text === 'string')
  return { section, ...redactedObject(Object.fromEntries(known)) }
}
