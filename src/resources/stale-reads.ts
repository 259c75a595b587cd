import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'

/**
 * The real service shows some writes late (recorded: stale_reads). Here every read shows the latest write, unless a fault makes it lag. What was created after this instant is then not seen; undefined: everything is.
 */
export function visibleUntil(now: Timestamp, stale_ms: number): Timestamp | undefined {
  return stale_ms === 0 ? undefined : plusMillis(now, -stale_ms)
}

export function isVisible({ created_at }: { readonly created_at: Timestamp }, until: Timestamp | undefined): boolean {
  return until === undefined || created_at <= until
}
