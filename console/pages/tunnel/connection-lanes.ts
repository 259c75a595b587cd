/** The times of connections as parts of a span of time. */
import type { TimeSpan } from '../../picture/lanes.ts'
import { type Connection, stateAt } from '../../picture/past.ts'

export interface Stretch {
  readonly state: 'live' | 'pending'
  readonly from: number
  readonly to: number
  readonly isAhead: boolean
}

/** When a connection was live and pending within the span, and will be if nothing happens. */
export function stretchesOf(
  connection: Connection,
  { from, to, now }: TimeSpan,
  pendingMs: number,
): readonly Stretch[] {
  const { opened_at, lost_at, closed_at } = connection
  const lost = lost_at === null ? [] : [Date.parse(lost_at), Date.parse(lost_at) + pendingMs]
  const changes = [Date.parse(opened_at), ...lost, ...(closed_at === null ? [] : [Date.parse(closed_at)])]
  const cuts = [from, ...[...changes, now].filter(at => at > from && at < to).toSorted((one, other) => one - other), to]
  return cuts.slice(1).flatMap((end, nth) => {
    const start = cuts[nth] ?? from
    const state = stateAt(connection, start, pendingMs)
    return start < end && (state === 'live' || state === 'pending')
      ? [{ state, from: start, to: end, isAhead: start >= now }]
      : []
  })
}

/** The connections of a connector in as few lanes as they need, since one follows the other. */
export function lanesOf(
  connections: readonly Connection[],
  span: TimeSpan,
  pendingMs: number,
): readonly (readonly Stretch[])[] {
  const lanes: Stretch[][] = []
  const opened = connections.toSorted((one, other) => Date.parse(one.opened_at) - Date.parse(other.opened_at))
  for (const connection of opened) {
    const stretches = stretchesOf(connection, span, pendingMs)
    const from = stretches[0]?.from
    if (from === undefined) continue
    const free = lanes.find(lane => (lane.at(-1)?.to ?? span.from) <= from)
    if (free) free.push(...stretches)
    else lanes.push([...stretches])
  }
  return lanes
}

/** Round times for the axis: few enough to read. */
export function axisTimesOf({ from, to }: TimeSpan, most: number): readonly number[] {
  const step = STEPS_MS.find(one => (to - from) / one <= most) ?? (to - from) / most
  const first = Math.ceil(from / step) * step
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, nth) => first + nth * step)
}

const MINUTE = 60_000
const STEPS_MS = [1, 2, 5, 10, 15, 30, 60, 120, 240, 360, 720, 1440, 2880, 7200, 14_400, 43_200, 86_400, 172_800].map(
  minutes => minutes * MINUTE,
)
