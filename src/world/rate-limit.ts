import { microsOf } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'

/**
 * 1,200 requests in five minutes for each user or account token. One more blocks all requests for
 * five minutes (documented: quota).
 */
export const QUOTA = { requests: 1_200, window_s: 300 } as const

const WINDOW_MICROS = QUOTA.window_s * 1_000_000

/** The remaining quota of a caller. */
export interface Allowance {
  readonly allowed: boolean
  readonly remaining: number
  /** Seconds until the quota resets, rounded up, as in `retry-after` (documented: quota). */
  readonly reset_s: number
}

/** Counts requests by caller. */
export interface RateLimiter {
  readonly take: (caller: string, now: Timestamp) => Allowance
  readonly saved: () => readonly SavedWindow[]
}

/** What a caller of a world has taken that is not open. */
export type SavedWindow = readonly [caller: string, window: { readonly endsAt: number; readonly taken: number }]

export function createRateLimiter(saved: readonly SavedWindow[] = []): RateLimiter {
  const windows = new Map(saved.map(([caller, window]) => [caller, { ...window }]))

  return {
    take: (caller, now) => {
      const micros = microsOf(now)
      const known = windows.get(caller)
      const window = known && known.endsAt > micros ? known : { endsAt: micros + WINDOW_MICROS, taken: 0 }
      window.taken += 1
      if (window.taken === QUOTA.requests + 1) window.endsAt = micros + WINDOW_MICROS
      windows.set(caller, window)

      return {
        allowed: window.taken <= QUOTA.requests,
        remaining: Math.max(QUOTA.requests - window.taken, 0),
        reset_s: Math.ceil((window.endsAt - micros) / 1_000_000),
      }
    },
    saved: () => [...windows],
  }
}
