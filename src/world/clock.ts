import { microsOf, timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'

export interface Clock {
  /** A running clock never returns the same time twice, so that later facts sort later. */
  readonly now: () => Timestamp
  readonly isFrozen: () => boolean
  /** How far it is ahead of the machine's clock, in milliseconds; negative if it is behind. */
  readonly offset: () => number
  /** Stops at a time until the next call of `freeze` or `run`. */
  readonly freeze: (at: Timestamp) => void
  /** Continues from a time, at the speed of real time. */
  readonly run: (from: Timestamp) => void
}

/**
 * Creates a clock that runs with the machine's time, or is frozen at `frozenAt`. It has no timer.
 */
export function createClock(frozenAt?: Timestamp): Clock {
  let frozen = frozenAt === undefined ? undefined : microsOf(frozenAt)
  let aheadMicros = 0
  let lastMicros = 0

  /** Precise to the millisecond; further calls in the same millisecond add microseconds. */
  const running = (): number => {
    lastMicros = Math.max(lastMicros + 1, realMicros() + aheadMicros)
    return lastMicros
  }
  return {
    now: () => timestampOf(frozen ?? running()),
    isFrozen: () => frozen !== undefined,
    offset: () => ((frozen ?? realMicros() + aheadMicros) - realMicros()) / 1_000,
    freeze: at => {
      frozen = microsOf(at)
    },
    run: from => {
      frozen = undefined
      aheadMicros = microsOf(from) - realMicros()
      lastMicros = microsOf(from) - 1
    },
  }
}

function realMicros(): number {
  return Date.now() * 1_000
}
