import { DURATION_PATTERN } from '../duration.ts'
import { Timestamp } from '../timestamp.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'
import { WorldEvent } from './event.ts'

/** Only zero needs no unit. */
export const Duration = Type.Union([Type.String({ pattern: DURATION_PATTERN, examples: ['5m'] }), Type.Literal(0)], {
  description: 'Such as "90s", "5m", "1h30m".',
})
export type Duration = Static<typeof Duration>

export const Instant = Type.String({ format: 'date-time', examples: ['2026-01-01T00:00:00Z'] })

export const ClockMove = Type.Object(
  {
    freeze: Type.Optional(
      Type.Union([Type.Literal(true), Instant], { description: 'Freeze the clock: now, or at this time.' }),
    ),
    advance: Type.Optional(Duration),
    set: Type.Optional(Instant),
    resume: Type.Optional(Type.Literal(true, { description: 'Let the clock run again, from the time that it shows.' })),
  },
  { ...CLOSED, title: 'ClockMove', minProperties: 1, maxProperties: 1, examples: [{ advance: '5m' }] },
)
export type ClockMove = Static<typeof ClockMove>

const CLOCK = {
  now: Timestamp,
  frozen: Type.Boolean(),
  offset_ms: Nullable(
    Type.Integer({
      description:
        "How far it is ahead of the machine's clock; null while it is frozen, so that equal requests get equal bytes.",
    }),
  ),
  next_due: Nullable(Timestamp),
}

export const ClockReading = Type.Object(CLOCK, {
  ...CLOSED,
  title: 'ClockReading',
  description: 'The clock of a world, and when its next scheduled job is due.',
})
export type ClockReading = Static<typeof ClockReading>

export const ClockMoved = Type.Object(
  { ...CLOCK, happened: Type.Array(WorldEvent, { description: 'The events of the jobs that were due, in order.' }) },
  { ...CLOSED, title: 'ClockMoved' },
)
export type ClockMoved = Static<typeof ClockMoved>
