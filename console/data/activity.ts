/** Events grouped into the lines that people read. */
import type { WorldEvent } from '../../schemas/control/event.ts'
import { eventWords } from './words.ts'

export interface Line {
  /** The id of its first event: it stays while a line grows. */
  readonly key: number
  readonly at: string
  readonly kind: 'world' | 'request'
  readonly tunnelId: string | undefined
  /** The events of each type at this instant, or one repeated request. */
  readonly groups: readonly WorldEvent[][]
  /** Whether what it speaks of still exists, so that the time cursor can go there. */
  readonly isReachable: boolean
}

interface GrowingLine extends Line {
  readonly groups: WorldEvent[][]
}

/** Repetitions within this time of the world are one line. */
const REPEATED_WITHIN_MS = 60_000

/** The newest line first. */
export function linesOf(events: readonly WorldEvent[]): readonly Line[] {
  const lines: GrowingLine[] = []
  const latest = new Map<string, GrowingLine>()
  const reachable = reachableIn(events)
  events.forEach((event, index) => {
    if (event.type === 'world_reset') {
      latest.clear()
      // The line of the restored snapshot says the same.
      if (events[index + 1]?.type === 'snapshot_restored') return
    }
    const key = keyOf(event)
    const known = latest.get(key)
    if (known && isSameLine(known, event)) {
      addTo(known.groups, event)
      return
    }
    const line: GrowingLine = {
      key: event.id,
      at: event.at,
      kind: event.type === 'request' ? 'request' : 'world',
      tunnelId: event.tunnel_id,
      groups: [[event]],
      isReachable: reachable[index] === true,
    }
    latest.set(key, line)
    lines.push(line)
  })
  return lines.toReversed()
}

/** A reset ends the past, but a restored snapshot brings its own past with it. */
function reachableIn(events: readonly WorldEvent[]): readonly boolean[] {
  let latest: string | undefined
  return events
    .map((event, index) => {
      return { event, isRestore: event.type === 'world_reset' && events[index + 1]?.type === 'snapshot_restored' }
    })
    .toReversed()
    .map(({ event: { type, at }, isRestore }) => {
      const isReachable = latest === undefined || at <= latest
      if (type === 'world_reset') latest = isRestore && isReachable ? at : isRestore ? latest : ''
      return isReachable
    })
    .toReversed()
}

function keyOf({ type, tunnel_id, operation, http_status, id }: WorldEvent): string {
  if (type === 'request') return `request ${operation} ${http_status} ${tunnel_id}`
  return tunnel_id === undefined ? `event ${id}` : `tunnel ${tunnel_id}`
}

function isSameLine(line: Line, event: WorldEvent): boolean {
  if (line.kind === 'world') return line.at === event.at && !line.groups.some(([first]) => first && ends(first, event))
  const passed = Date.parse(event.at) - Date.parse(line.at)
  return passed >= 0 && passed < REPEATED_WITHIN_MS
}

/** While the clock is frozen, all that people do happens at one instant. */
function ends(earlier: WorldEvent, event: WorldEvent): boolean {
  if (earlier.type === 'tunnel_status_changed') return true
  return isOfConnection(earlier) && isOfConnection(event) && earlier.type !== event.type
}

function isOfConnection({ type }: WorldEvent): boolean {
  return type.startsWith('connection_')
}

function addTo(groups: WorldEvent[][], event: WorldEvent): void {
  const group = groups.find(([first]) => first?.type === event.type)
  if (group) group.push(event)
  else groups.push([event])
}

/** Such as "4 connections lost, healthy → degraded", in parts so that a status can have its colour. */
export function partsOf({ groups }: Line): readonly { readonly text: string; readonly event: WorldEvent }[] {
  return groups.flatMap(group => (group[0] ? [{ text: eventWords(group[0], group.length), event: group[0] }] : []))
}
