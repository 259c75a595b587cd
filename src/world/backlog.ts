// Imported, since a test in whose process this runs may have put another clock in the place of the global one.
import { setImmediate } from 'node:timers'

/**
 * Work that is done together: of ten requests that came at once, the first pays for code that the processor has forgotten since,
 * and the others find it at hand.
 */
export interface Backlog {
  /** Puts work off until the event loop comes round, or somebody settles. It must not fail. */
  readonly add: (work: () => void) => void
  /** Does what was put off, in order. */
  readonly settle: () => void
}

export const createBacklog = (): Backlog => {
  let waiting: (() => void)[] = []

  const settle = (): void => {
    const due = waiting
    waiting = []
    for (const work of due) work()
  }
  return {
    add: work => {
      if (waiting.length === 0) setImmediate(settle)
      waiting.push(work)
    },
    settle,
  }
}
