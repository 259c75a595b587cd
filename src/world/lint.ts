/** What a product contributes to `lint`. */
import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import type { Finding } from '../../schemas/control/lint.ts'
import type { Reader } from '../store/database.ts'
import type { Events } from './events.ts'

/**
 * Finds what does not fit together in the data of a world. Yields undefined for an object without a
 * finding, so that long work can give way.
 */
export type LintRule = (db: Reader) => Iterable<Finding | undefined>

/** A kind of object that clients create and delete, with an event each. */
export interface ObjectKind {
  readonly noun: string
  readonly created: EventType
  readonly deleted: EventType
  /** The key of both events that has the id of the object. */
  readonly id: keyof WorldEvent
}

/** The objects that were created while it listened, and not deleted. */
export interface CreatedObjects {
  readonly list: () => readonly Finding[]
  /** The events of their creation. */
  readonly saved: () => readonly WorldEvent[]
  readonly stop: () => void
}

/** `saved`: the events of objects that were created before. */
export function listenForCreatedObjects(
  events: Events,
  kinds: readonly ObjectKind[],
  saved: readonly WorldEvent[] = [],
): CreatedObjects {
  const found = new Map<string, Created>()
  const types = kinds.flatMap(({ created, deleted }) => [created, deleted])
  const note = (event: WorldEvent): void => {
    for (const kind of kinds) {
      const key = `${kind.noun} ${event[kind.id]}`
      if (event.type === kind.created) found.set(key, { kind, event })
      if (event.type === kind.deleted) found.delete(key)
    }
  }
  saved.forEach(note)
  const stop = events.subscribe(note, types)
  return {
    list: () => [...found.values()].map(leftover),
    saved: () => [...found.values()].map(({ event }) => event),
    stop,
  }
}

interface Created {
  readonly kind: ObjectKind
  readonly event: WorldEvent
}

function leftover({ kind, event }: Created): Finding {
  const { noun } = kind
  const { at, account_id, zone_id, name } = event
  const id = String(event[kind.id])
  return {
    rule: 'leftover',
    message: `${noun} ${name ?? id} was created at ${at} and never deleted: delete it at the end`,
    ...(account_id !== undefined && { account_id }),
    ...(zone_id !== undefined && { zone_id }),
    id,
    ...(name !== undefined && { name }),
  }
}
