import type { EventType } from '../../../schemas/control/event.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Events } from '../events.ts'
import type { Scheduler } from '../scheduler.ts'

/** The reason in the event of a fault whose lifetime ended. Without it, its calls are used up. */
export const TTL_REASON = 'ttl'

/** Tells a world what happens to its faults. */
export interface FaultAnnouncements {
  /** `end`: undefined without a lifetime. */
  readonly added: (id: string, now: Timestamp, end: Timestamp | undefined) => void
  /** It can no longer apply, because of its calls. */
  readonly exhausted: (id: string, now: Timestamp) => void
  readonly removed: (id: string, now: Timestamp) => void
  /** It was added earlier, and its lifetime ends then. */
  readonly ends: (id: string, end: Timestamp) => void
}

export function announceFaults(events: Events, scheduler: Scheduler): FaultAnnouncements {
  const emit = (type: EventType, at: Timestamp, fault_id: string, reason?: string): void =>
    events.emit({ at, type, fault_id, ...(reason !== undefined && { reason }) })
  const jobOf = (id: string): string => `end of ${id}`

  const ends = (id: string, end: Timestamp): void => {
    const exhaust = (due: Timestamp): void => emit('fault_exhausted', due, id, TTL_REASON)
    scheduler.addOnce(jobOf(id), end, exhaust, { happens: 'fault_ends', fault_id: id }, true)
  }

  return {
    ends,
    added: (id, now, end) => {
      emit('fault_added', now, id)
      if (end !== undefined) ends(id, end)
    },
    exhausted: (id, now) => {
      scheduler.cancel(jobOf(id))
      emit('fault_exhausted', now, id)
    },
    removed: (id, now) => {
      scheduler.cancel(jobOf(id))
      emit('fault_removed', now, id)
    },
  }
}
