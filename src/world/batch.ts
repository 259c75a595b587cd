/**
 * Work that is done together: of ten requests that came at once, the first pays for code that the processor has forgotten since,
 * and the others find it at hand.
 */
export interface Backlog {
  /** Puts work off. It must not fail. */
  readonly add: (work: () => void) => void
  /** Does what was put off, in order. */
  readonly settle: () => void
}

/** Work waits until `later` calls, or for as long as less of it waits than `most`; or until somebody settles. */
export function createBacklog(later: (settle: () => void) => void, most = Number.POSITIVE_INFINITY): Backlog {
  let waiting: (() => void)[] = []

  const settle = (): void => {
    const due = waiting
    waiting = []
    for (const work of due) work()
  }
  return {
    add: work => {
      if (waiting.length === 0) later(settle)
      waiting.push(work)
      if (waiting.length === most) settle()
    },
    settle,
  }
}
