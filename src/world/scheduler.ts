import type { Timestamp } from '../../schemas/timestamp.ts'
import { isStorageFailure } from './storage-failure.ts'

interface Item {
  readonly due: Timestamp
  readonly name: string | undefined
  readonly work: (due: Timestamp) => void
}

/** What is still to happen in a world. Nothing ticks: items are done when somebody asks for the time and they are due. */
export interface Agenda {
  readonly add: (due: Timestamp, work: (due: Timestamp) => void) => void
  /** The same, unless an item of this name is already there for that time. */
  readonly addOnce: (name: string, due: Timestamp, work: (due: Timestamp) => void) => void
  /** Takes every item of this name off. */
  readonly cancel: (name: string) => void
  /**
   * Does what is due, in order, each at its own time; work that adds work within the span included. What the storage does not
   * let be done stays for the next time.
   */
  readonly doUntil: (now: Timestamp) => void
  /** When the next item is due. */
  readonly next: () => Timestamp | undefined
  readonly clear: () => void
}

export function createAgenda(): Agenda {
  let items: Item[] = []

  const insert = (item: Item): void => {
    const index = items.findIndex(({ due }) => due > item.due)
    items.splice(index < 0 ? items.length : index, 0, item)
  }

  return {
    add: (due, work) => insert({ due, name: undefined, work }),
    addOnce: (name, due, work) => {
      if (!items.some(item => item.due === due && item.name === name)) insert({ due, name, work })
    },
    cancel: name => {
      items = items.filter(item => item.name !== name)
    },
    doUntil: now => {
      while (items[0] && items[0].due <= now) {
        const [item, ...rest] = items
        items = rest
        try {
          item.work(item.due)
        } catch (error) {
          if (isStorageFailure(error)) items.unshift(item)
          throw error
        }
      }
    },
    next: () => items[0]?.due,
    clear: () => {
      items = []
    },
  }
}
