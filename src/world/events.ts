// Imported, since a test in whose process this runs may have put another clock in the place of the global one.
import { setTimeout } from 'node:timers'
import type { EventType, WorldEvent } from '../../schemas/control/event.ts'
import { createBacklog } from './backlog.ts'
import { createTextRoll } from './text-roll.ts'

export type NewEvent = Omit<WorldEvent, 'id'>

type Listener = (event: WorldEvent) => void

/** Events that are kept for whoever comes later. */
const KEPT = 10_000

/** What is told later is put off for so long at most, in milliseconds (our choice), */
const PUT_OFF_MS = 10

/** and until so much of it waits. More keeps so much alive that it takes longer than it spares. */
const PUT_OFF = 32

/** What happened in a world, in order. */
export interface Events {
  readonly tell: (event: NewEvent) => void
  /** Puts off `work` that tells something, for a moment, and at the latest until anything else is told or asked for: so it keeps its place. */
  readonly tellLater: (work: () => void) => void
  /** Does what was put off. */
  readonly settle: () => void
  /** Those told after the one with this id, as far as they are kept. */
  readonly after: (id: number) => readonly WorldEvent[]
  readonly lastId: () => number
  /** Calls for each event of these types from now on, or for any; the answer ends it. */
  readonly subscribe: (listener: Listener, types?: readonly EventType[]) => () => void
}

export const createEvents = (): Events => {
  const kept = createTextRoll(KEPT)
  let lastId = 0
  const subscriptions = new Set<{ readonly listener: Listener; readonly types: readonly EventType[] | undefined }>()
  const { add, settle } = createBacklog(work => void setTimeout(work, PUT_OFF_MS).unref(), PUT_OFF)

  return {
    tell: event => {
      settle()
      lastId += 1
      kept.add(`{"id":${lastId},${JSON.stringify(event).slice(1)}`)
      for (const { listener, types } of subscriptions) {
        if (types?.includes(event.type) ?? true) listener({ id: lastId, ...event })
      }
    },
    tellLater: add,
    settle,
    after: id => {
      settle()
      return kept.latest(Math.max(0, lastId - id)).map(text => JSON.parse(text))
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
