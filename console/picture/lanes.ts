/** The status of a tunnel over time, as stretches between its changes. */
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { tunnelAt } from './past.ts'

export interface TimeSpan {
  readonly from: number
  readonly to: number
  /** What comes after it has not happened yet. */
  readonly now: number
}

export interface LaneStretch {
  readonly from: number
  readonly to: number
  readonly status: OverviewTunnel['status']
  /** How many connections are live. */
  readonly live: number
  readonly isAhead: boolean
}

export function laneOf(tunnel: OverviewTunnel, { from, to, now }: TimeSpan, pendingMs: number): LaneStretch[] {
  const cuts = [...new Set([from, now, ...changesOf(tunnel, pendingMs)])]
    .filter(at => at >= from && at < to)
    .toSorted((a, b) => a - b)
  const stretches: LaneStretch[] = []
  for (const [nth, start] of cuts.entries()) {
    const next = stretchAt(tunnel, { from: start, to: cuts[nth + 1] ?? to, now }, pendingMs)
    const last = stretches.at(-1)
    if (next && last && continues(last, next)) stretches[stretches.length - 1] = { ...last, to: next.to }
    else if (next) stretches.push(next)
  }
  return stretches
}

/** When something about the tunnel changes. */
function changesOf({ created_at, deleted_at, connectors }: OverviewTunnel, pendingMs: number): number[] {
  const times = connectors.flatMap(({ run_at, connections }) => [
    run_at,
    ...connections.flatMap(({ opened_at, lost_at, closed_at }) => [opened_at, lost_at, closed_at]),
  ])
  const expiries = connectors
    .flatMap(({ connections }) => connections)
    .flatMap(({ lost_at }) => (lost_at === null ? [] : [Date.parse(lost_at) + pendingMs]))
  return [created_at, deleted_at, ...times]
    .flatMap(timestamp => (timestamp === null ? [] : [Date.parse(timestamp)]))
    .concat(expiries)
}

function stretchAt(tunnel: OverviewTunnel, { from, to, now }: TimeSpan, pendingMs: number): LaneStretch | undefined {
  const then = tunnelAt(tunnel, from, pendingMs)
  if (!then || then.deleted_at !== null) return undefined
  const live = then.connectors.flatMap(({ connections }) => connections).filter(({ state }) => state === 'live').length
  return { from, to, status: then.status, live, isAhead: from >= now }
}

function continues(last: LaneStretch, next: LaneStretch): boolean {
  return (
    last.to === next.from && last.status === next.status && last.live === next.live && last.isAhead === next.isAhead
  )
}
