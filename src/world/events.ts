import type { WorldEvent } from '../../schemas/control/event.ts'
import { createTextRoll } from './text-roll.ts'

export type NewEvent = Omit<WorldEvent, 'id'>

type Listener = (event: WorldEvent) => void

/** Events that are kept for whoever comes later. */
const KEPT = 10_000

/** What happened in a world, in order. */
export interface Events {
  readonly tell: (event: NewEvent) => void
  /** Those told after the one with this id, as far as they are kept. */
  readonly after: (id: number) => readonly WorldEvent[]
  readonly lastId: () => number
  /** Calls for each event from now on; the answer ends it. */
  readonly subscribe: (listener: Listener) => () => void
}

export const createEvents = (): Events => {
  const kept = createTextRoll(KEPT)
  let lastId = 0
  const listeners = new Set<Listener>()

  return {
    tell: event => {
      lastId += 1
      const told = { id: lastId, ...event }
      kept.add(JSON.stringify(told))
      for (const listener of listeners) listener(told)
    },
    after: id => kept.latest(Math.max(0, lastId - id)).map(text => JSON.parse(text)),
    lastId: () => lastId,
    subscribe: listener => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
