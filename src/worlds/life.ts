import { timestampOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { steadyMillis } from '../world/steady-time.ts'

/** Where a world comes from. A reset does not change it. */
export interface Origin {
  /** Null for the data of an earlier server. */
  readonly from: string | null
  readonly created_at: Timestamp
}

/** When a world began, was used and ends, in real time. */
export interface Life extends Origin {
  readonly last_used_at: Timestamp
  /** Null for a world that stays. */
  readonly dropped_at: Timestamp | null
}

export function originNow(from: string | null): Origin {
  return { from, created_at: realTime(Date.now()) }
}

/** `lastUsed`: in milliseconds of `steadyMillis`. `idle_ms`: undefined for a world that stays. */
export function lifeOf(origin: Origin, lastUsed: number, idle_ms?: number): Life {
  const used = Date.now() - (steadyMillis() - lastUsed)
  return {
    ...origin,
    last_used_at: realTime(used),
    dropped_at: idle_ms === undefined ? null : realTime(used + idle_ms),
  }
}

function realTime(millis: number): Timestamp {
  return timestampOf(Math.floor(millis) * 1_000)
}
