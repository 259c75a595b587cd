import { microsOf, timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'

export interface Clock {
  /**
   * While the clock runs, it never returns the same instant twice, so that later facts also sort
   * later.
   */
  readonly now: () => Timestamp
  readonly isFrozen: () => boolean
  /** How far it is ahead of the machine's clock, in milliseconds; negative when behind. */
  readonly offset: () => number
  /** Stops at an instant until the next call of `freeze` or `run`. */
  readonly freeze: (at: Timestamp) => void
  /** Continues from an instant, at the pace of real time. */
  readonly run: (from: Timestamp) => void
}

/**
 * Runs with the machine's time, or is frozen at `frozenAt`. Nothing ticks: it computes the time
 * when asked.
 */
export function createClock(frozenAt?: Timestamp): Clock {
  let frozen = frozenAt === undefined ? undefined : microsOf(frozenAt)
  let ahead = 0
  let last = 0

  /** Precise to the millisecond; within one, it counts on by microseconds. */
  const running = (): number => {
    last = Math.max(last + 1, realMicros() + ahead)
    return last
  }
  return {
    now: () => timestampOf(frozen ?? running()),
    isFrozen: () => frozen !== undefined,
    offset: () => ((frozen ?? realMicros() + ahead) - realMicros()) / 1_000,
    freeze: at => {
      frozen = microsOf(at)
    },
    run: from => {
      frozen = undefined
      ahead = microsOf(from) - realMicros()
      last = microsOf(from) - 1
    },
  }
}

function realMicros(): number {
  return Date.now() * 1_000
}
