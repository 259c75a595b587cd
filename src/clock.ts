import type { Timestamp } from '../schemas/timestamp.ts'
import { timestampOf } from './domain/time.ts'

export interface Clock {
  /** Never the same instant twice, so that what happened later also sorts later. */
  readonly now: () => Timestamp
}

/** The time of the machine, to the millisecond; within one, it counts on by microseconds. */
export const realClock = (): Clock => {
  let last = 0
  return {
    now: () => {
      last = Math.max(last + 1, Date.now() * 1_000)
      return timestampOf(last)
    },
  }
}
