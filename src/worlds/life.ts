import { microsOf, timestampOf } from '../../schemas/time.ts'
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

/** What a world begins with: the name of a snapshot is one of many. */
export function kindOf(from: string): string {
  return ['seed', 'empty', 'current'].includes(from) ? from : 'snapshot'
}

export function originNow(from: string | null): Origin {
  return { from, created_at: timestampOfMillis(Date.now()) }
}

/** `isNew`: it has no data of an earlier server. */
export function originOfMain(isNew: boolean, seeds: readonly unknown[]): Origin {
  const from = seeds.length > 0 ? 'seed' : 'empty'
  return originNow(isNew ? from : null)
}

/** `lastUsed`: in milliseconds of `steadyMillis`. `idle_ms`: undefined for a world that stays. */
export function lifeOf(origin: Origin, lastUsed: number, idle_ms?: number): Life {
  return {
    ...origin,
    last_used_at: realTime(lastUsed),
    dropped_at: idle_ms === undefined ? null : realTime(lastUsed + idle_ms),
  }
}

/** The real time of a moment in milliseconds of `steadyMillis`. */
export function realTime(steady: number): Timestamp {
  return timestampOfMillis(Date.now() - (steadyMillis() - steady))
}

/** The moment of a real time, in milliseconds of `steadyMillis`. */
export function steadyTimeOf(time: Timestamp): number {
  return steadyMillis() - (Date.now() - microsOf(time) / 1_000)
}

function timestampOfMillis(millis: number): Timestamp {
  return timestampOf(Math.floor(millis) * 1_000)
}
