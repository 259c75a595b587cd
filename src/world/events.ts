import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import { createRing } from './ring.ts'

export type NewEvent = Omit<WorldEvent, 'id'>

type EventListener = (event: WorldEvent) => void

/** Our limit for the events that a world keeps. */
export const MAX_EVENTS = 10_000

/** The events of a world, in order. */
export interface Events {
  /** Assigns an id to an event, stores it and calls its listeners. */
  readonly emit: (event: NewEvent) => void
  /** The stored events after the one with this id, oldest first. */
  readonly after: (id: number) => readonly WorldEvent[]
  /**
   * The oldest stored event after the one with this id. If the id is newer than all events, an
   * earlier server assigned it: then the oldest event.
   */
  readonly next: (id: number) => Readonly<WorldEvent> | undefined
  readonly lastId: () => number
  readonly saved: () => SavedEvents
  /**
   * Calls the listener for new events of these types, or of all types. Returns a function that ends
   * this.
   */
  readonly subscribe: (listener: EventListener, types?: readonly EventType[]) => () => void
}

interface Subscription {
  readonly listener: EventListener
  readonly types: readonly EventType[] | undefined
}

/** The events of a world that is not open. */
export interface SavedEvents {
  readonly last_id: number
  /** Oldest first. */
  readonly events: readonly WorldEvent[]
}

/** With `types`, `emit` throws for any other type, since no resource declares it. */
export function createEvents(types?: readonly string[], saved: SavedEvents = { last_id: 0, events: [] }): Events {
  const recent = createRing<WorldEvent>(MAX_EVENTS)
  saved.events.forEach(recent.add)
  const subscriptions = new Set<Subscription>()
  const undelivered: WorldEvent[] = []
  let lastId = saved.last_id
  let isDelivering = false

  /** A listener may emit events. This queues them, so that all listeners get events in order. */
  const deliver = (): void => {
    if (isDelivering) return
    isDelivering = true
    try {
      for (let event = undelivered.shift(); event; event = undelivered.shift()) {
        for (const { listener, types } of subscriptions) {
          if (types?.includes(event.type) ?? true) listener(event)
        }
      }
    } finally {
      isDelivering = false
    }
  }

  return {
    emit: newEvent => {
      if (types && !types.includes(newEvent.type)) throw new Error(`no resource declares the event ${newEvent.type}`)
      lastId += 1
      const event = { id: lastId, ...newEvent }
      recent.add(event)
      undelivered.push(event)
      deliver()
    },
    after: id => recent.list().flatMap(event => (event.id > id ? [{ ...event }] : [])),
    next: id => {
      const oldestId = lastId - recent.size() + 1
      return recent.at(id > lastId ? 0 : Math.max(id + 1 - oldestId, 0))
    },
    lastId: () => lastId,
    saved: () => ({ last_id: lastId, events: recent.list() }),
    subscribe: (listener, types) => {
      const subscription = { listener, types }
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
  }
}
