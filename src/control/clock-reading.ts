import type { ClockReading } from '../../schemas/control/clock.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { World } from '../world/world.ts'

export function readClock({ clock, scheduler }: World, now: Timestamp): ClockReading {
  return {
    now,
    frozen: clock.isFrozen(),
    offset_ms: clock.offset() ?? null,
    next_due: scheduler.next() ?? null,
  }
}
