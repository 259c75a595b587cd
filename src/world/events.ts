// Imported, since a test in whose process this runs may have put another clock in the place of the global one.
import { setTimeout } from 'node:timers'
import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import { createBacklog } from './batch.ts'
import { createTextRoll } from './journal/byte-ring.ts'

export type NewEvent = Omit<WorldEvent, 'id'>

type Listener = (event: WorldEvent) => void

/** Events that are kept for whoever comes later. */
const KEPT = 10_000

/** What nobody listens for is put off for so long at most, in milliseconds (our choice), */
const PUT_OFF_MS = 10

/** and until so much of it waits. More keeps so much alive that it takes longer than it spares. */
const PUT_OFF = 32

/** What happened in a world, in order. */
export interface Events {
  /** Whoever listens for it hears it at once, after all that was told before. Otherwise it is put off for a moment, until somebody asks. */
  readonly tell: (event: NewEvent) => void
  /** Puts off what `happened` has to find out first, whoever listens. It keeps its place among all that is told. */
  readonly tellLater: (happened: () => NewEvent) => void
  /** Tells what was put off. */
  readonly settle: () => void
  /** Those told after the one with this id, as far as they are kept. */
  readonly after: (id: number) => readonly WorldEvent[]
  readonly lastId: () => number
  /** Calls for each event of these types from now on, or for any; the answer ends it. */
  readonly subscribe: (listener: Listener, types?: readonly EventType[]) => () => void
}

interface Subscription {
  readonly listener: Listener
  /** Undefined: of any type. */
  readonly types: readonly EventType[] | undefined
}

function hears({ types }: Subscription, type: EventType): boolean {
  return types?.includes(type) ?? true
}

export function createEvents(): Events {
  const kept = createTextRoll(KEPT)
  let lastId = 0
  const subscriptions = new Set<Subscription>()
  const { add, settle } = createBacklog(work => void setTimeout(work, PUT_OFF_MS).unref(), PUT_OFF)

  const isHeard = (type: EventType): boolean => {
    for (const subscription of subscriptions) if (hears(subscription, type)) return true
    return false
  }
  const write = (event: NewEvent): void => {
    lastId += 1
    kept.add(JSON.stringify(event))
    for (const subscription of subscriptions) {
      if (hears(subscription, event.type)) subscription.listener({ id: lastId, ...event })
    }
  }
  return {
    tell: event => {
      add(() => write(event))
      if (isHeard(event.type)) settle()
    },
    tellLater: happened => add(() => write(happened())),
    settle,
    after: id => {
      settle()
      const texts = kept.latest(Math.max(0, lastId - id))
      return texts.map((text, nth) => ({ id: lastId - texts.length + 1 + nth, ...JSON.parse(text) }))
    },
    lastId: () => {
      settle()
      return lastId
    },
    subscribe: (listener, types) => {
      settle()
      const subscription = { listener, types }
      subscriptions.add(subscription)
      return () => subscriptions.delete(subscription)
    },
  }
}
