/** A buffer that keeps the latest items, up to a fixed number. */
export interface Ring<T> {
  readonly add: (item: T) => void
  /** Oldest first. */
  readonly list: () => T[]
  readonly size: () => number
  /** By its place in `list`. */
  readonly at: (index: number) => T | undefined
  readonly clear: () => void
}

export function createRing<T>(maxSize: number): Ring<T> {
  const items: T[] = []
  let next = 0

  return {
    add: item => {
      if (maxSize === 0) return
      items[next] = item
      next = (next + 1) % maxSize
    },
    list: () => [...items.slice(next), ...items.slice(0, next)],
    size: () => items.length,
    at: index => (index >= 0 && index < items.length ? items[(next + index) % items.length] : undefined),
    clear: () => {
      items.length = 0
      next = 0
    },
  }
}
