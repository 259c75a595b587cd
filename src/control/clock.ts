import type { ClockMove } from '../../schemas/control/clock.ts'
import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { isWorldEventType, type WorldEvent } from '../../schemas/control/event.ts'
import { parseDuration } from '../../schemas/duration.ts'
import { normalised, plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { TTL_REASON } from '../world/faults/announcements.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'
import { readClock } from './clock-reading.ts'
import type { Context } from './context.ts'

export function getClock({ world }: Context): Result<'getClock'> {
  const now = world.now()
  return readClock(world, now)
}

export function moveClock({ world, worlds }: Context, move: Input<'moveClock'>): Result<'moveClock'> {
  const { clock, events, scheduler } = world
  const now = world.now()
  const lastId = events.lastId()
  const target = targetOf(move, now)
  if (target < now) requireNothingSince(world, worlds, target)

  scheduler.runDue(target)
  const happened = events.after(lastId)
  const isFrozen = move.freeze !== undefined || (clock.isFrozen() && move.resume === undefined)
  if (isFrozen) clock.freeze(target)
  else clock.run(target)

  events.emit({ at: target, type: 'clock_moved', clock_before: now, clock_after: target, frozen: isFrozen })
  return { ...readClock(world, target), happened: [...happened] }
}

function targetOf({ freeze, advance, set }: ClockMove, now: Timestamp): Timestamp {
  if (advance !== undefined) return plusMillis(now, parseDuration(advance))
  if (typeof freeze === 'string') return normalised(freeze)
  return set === undefined ? now : normalised(set)
}

/** No change may lie in the future of the clock, and no job may run twice. */
function requireNothingSince({ db, events }: World, { data }: Worlds, target: Timestamp): void {
  const all = events.after(0)
  const sinceReset = all.slice(all.findLastIndex(({ type }) => type === 'world_reset') + 1)
  const times = sinceReset.filter(isChangeOfData).map(({ at }) => at)
  const last = [data.lastChange(db) ?? '', ...times].toSorted().at(-1) ?? ''
  if (last > target) {
    throw new ControlError('refused', `the clock cannot go back to ${target}: something happened at ${last}`)
  }
}

/** Or the work of a job. Anything else that the control plane did may lie in the future. */
function isChangeOfData({ type, reason }: WorldEvent): boolean {
  return !isWorldEventType(type) || (type === 'fault_exhausted' && reason === TTL_REASON)
}
