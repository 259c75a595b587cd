import { microsOf, timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { steadyMillis } from './steady-time.ts'

export interface Clock {
  /** A running clock never returns the same time twice, so that later facts sort later. */
  readonly now: () => Timestamp
  readonly isFrozen: () => boolean
  /**
   * How far it is ahead of the machine's clock, in milliseconds; negative if it is behind. Undefined
   * for a frozen clock, since the same calls must give the same bytes at any real time.
   */
  readonly offset: () => number | undefined
  /** Stops at a time until the next call of `freeze` or `run`. */
  readonly freeze: (at: Timestamp) => void
  /** Continues from a time, at the speed of real time. */
  readonly run: (from: Timestamp) => void
  /** Moves on to a time, unless it has passed already. */
  readonly catchUp: (at: Timestamp) => void
}

/** A machine's clock that is set back by more than this must not stop the clock of a world. */
const SET_BACK_MICROS = 1_000_000

/** Fake timers may hold `Date` still. Without a jump below the last time, we follow for so long. */
const HELD_MICROS = 60_000_000

/**
 * Creates a clock that runs with the machine's time, or is frozen at `frozenAt`. It has no timer.
 */
export function createClock(frozenAt?: Timestamp): Clock {
  let frozen = frozenAt === undefined ? undefined : microsOf(frozenAt)
  let aheadMicros = 0
  let lastMicros = 0
  let lastSteady = steadyMicros()

  /** The machine's time; while that is set back, the last time plus the real time since then. */
  const running = (): number => {
    const machine = machineMicros() + aheadMicros
    const steady = steadyMicros()
    const onward = lastMicros + steady - lastSteady
    const isSetBack = machine < lastMicros - SET_BACK_MICROS || machine < onward - HELD_MICROS
    // Precise to the millisecond; further calls in the same millisecond add microseconds.
    lastMicros = Math.max(lastMicros + 1, isSetBack ? onward : machine)
    lastSteady = steady
    return lastMicros
  }
  const startAt = (micros: number): void => {
    lastMicros = micros
    lastSteady = steadyMicros()
  }
  return {
    now: () => timestampOf(frozen ?? running()),
    isFrozen: () => frozen !== undefined,
    offset: () => (frozen === undefined ? Math.round((running() - machineMicros()) / 1_000) : undefined),
    freeze: at => {
      frozen = microsOf(at)
    },
    run: from => {
      frozen = undefined
      aheadMicros = microsOf(from) - machineMicros()
      startAt(microsOf(from) - 1)
    },
    catchUp: at => {
      if (frozen !== undefined) frozen = Math.max(frozen, microsOf(at))
      else if (microsOf(at) > lastMicros) startAt(microsOf(at))
    },
  }
}

function machineMicros(): number {
  return Date.now() * 1_000
}

function steadyMicros(): number {
  return Math.floor(steadyMillis() * 1_000)
}
