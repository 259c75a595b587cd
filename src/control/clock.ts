import { ClockMove, ClockMoved, ClockReading } from '../../schemas/control/clock.ts'
import { millisOf, normalised, plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'

export const getClock = action(
  { method: 'GET', path: '/clock', summary: 'Read the clock', result: ClockReading },
  ({ world }) => {
    const now = world.now()
    return reading(world, now)
  },
)

export const moveClock = action(
  {
    method: 'POST',
    path: '/clock',
    summary: 'Freeze, advance, set or resume the clock',
    body: ClockMove,
    result: ClockMoved,
  },
  ({ world, worlds }, move) => {
    const { clock, events, agenda } = world
    const now = world.now()
    const lastId = events.lastId()
    const target = targetOf(move, now)
    if (target < now) requireNothingSince(world, worlds, target)

    agenda.doUntil(target)
    const happened = events.after(lastId)
    const stands = move.freeze !== undefined || (clock.isFrozen() && move.resume === undefined)
    if (stands) clock.freeze(target)
    else clock.run(target)

    events.tell({ at: target, type: 'clock_moved' })
    return { ...reading(world, target), happened: [...happened] }
  },
)

function targetOf({ freeze, advance, set }: ClockMove, now: Timestamp): Timestamp {
  if (advance !== undefined) return plusMillis(now, millisOf(advance))
  if (typeof freeze === 'string') return normalised(freeze)
  return set === undefined ? now : normalised(set)
}

/** Facts must not lie in the future of the clock that made them, and what fell due must not fall due again. */
function requireNothingSince({ db, events }: World, { data }: Worlds, target: Timestamp): void {
  const all = events.after(0)
  const sinceReset = all.slice(all.findLastIndex(({ type }) => type === 'world_reset') + 1)
  const times = sinceReset.filter(({ type }) => type !== 'clock_moved' && type !== 'request').map(({ at }) => at)
  const last = [data.lastChange(db) ?? '', ...times].toSorted().at(-1) ?? ''
  if (last > target) {
    throw new ControlError('refused', `the clock cannot go back to ${target}: something happened at ${last}`)
  }
}

function reading({ clock, agenda }: World, now: Timestamp): ClockReading {
  return {
    now,
    frozen: clock.isFrozen(),
    offset_ms: clock.offset(),
    next_due: agenda.next() ?? null,
  }
}
