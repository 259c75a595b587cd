/** A buffer that keeps the latest items, up to a fixed number. */
export interface Ring<T> {
  readonly add: (item: T) => void
  /** Oldest first. */
  readonly list: () => T[]
  readonly clear: () => void
}

export function createRing<T>(size: number): Ring<T> {
  const items: T[] = []
  let next = 0

  return {
    add: item => {
      if (size === 0) return
      items[next] = item
      next = (next + 1) % size
    },
    list: () => [...items.slice(next), ...items.slice(0, next)],
    clear: () => {
      items.length = 0
      next = 0
    },
  }
}
