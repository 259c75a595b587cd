import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'

/**
 * The real service shows some writes late (recorded: stale_reads). Here a read shows the latest
 * write unless a fault makes it stale. It then hides everything created after the returned time;
 * undefined hides nothing.
 */
export function visibleUntil(now: Timestamp, stale_ms: number): Timestamp | undefined {
  return stale_ms === 0 ? undefined : plusMillis(now, -stale_ms)
}

export function isVisible({ created_at }: { readonly created_at: Timestamp }, until: Timestamp | undefined): boolean {
  return until === undefined || created_at <= until
}
