import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import { createRing } from './ring.ts'

export type NewEvent = Omit<WorldEvent, 'id'>

type EventListener = (event: WorldEvent) => void

/** Our choice: the number of events that a world keeps. */
const MAX_EVENTS = 10_000

/** What happened in a world, in order. */
export interface Events {
  /** Numbers an event, keeps it and calls its listeners. */
  readonly emit: (event: NewEvent) => void
  /** The kept events after the one with this id, oldest first. */
  readonly after: (id: number) => readonly WorldEvent[]
  readonly lastId: () => number
  /**
   * Calls the listener for each new event of these types; without types, of any. Call the result to
   * stop.
   */
  readonly subscribe: (listener: EventListener, types?: readonly EventType[]) => () => void
}

interface Subscription {
  readonly listener: EventListener
  readonly types: readonly EventType[] | undefined
}

/** With `types`, emitting any other is a defect: the resource that emits it does not declare it. */
export function createEvents(types?: readonly string[]): Events {
  const kept = createRing<WorldEvent>(MAX_EVENTS)
  const subscriptions = new Set<Subscription>()
  const undelivered: WorldEvent[] = []
  let lastId = 0
  let isDelivering = false

  /**
   * A listener may emit events itself. They wait here, so that every listener gets events in order.
   */
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
      kept.add(event)
      undelivered.push(event)
      deliver()
    },
    after: id => kept.list().flatMap(event => (event.id > id ? [{ ...event }] : [])),
    lastId: () => lastId,
    subscribe: (listener, types) => {
      const subscription = { listener, types }
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
  }
}
