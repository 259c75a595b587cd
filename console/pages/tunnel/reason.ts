/** The status of a tunnel in words. The status itself comes from the server. */
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { count, dateOf, timeOf } from '../../parts/format.ts'

type Connection = OverviewTunnel['connectors'][number]['connections'][number]

/** Connections of one cloudflared. */
const CONNECTIONS_WANTED = 4

/** Such as `2 of 12 connections pending reconnect until 02:39:20`. */
export function reasonOf(tunnel: OverviewTunnel, pendingReconnectMs: number): string {
  const { status, deleted_at, connectors, conns_inactive_at } = tunnel
  if (deleted_at !== null) return `deleted on ${dateOf(Date.parse(deleted_at))} at ${timeOf(Date.parse(deleted_at))}`
  if (status === 'inactive') return 'no connector has connected yet'

  const all = connectors.flatMap(({ connections }) => connections)
  const live = all.filter(isLive)
  const pending = all.filter(({ state }) => state === 'pending')
  const waits =
    pending.length === 0
      ? []
      : [`${ofAll(pending.length, live.length)} pending reconnect until ${lastExpiry(pending, pendingReconnectMs)}`]
  if (status === 'down') {
    const since = conns_inactive_at === null ? '' : ` since ${momentOf(Date.parse(conns_inactive_at))}`
    return [`no live connection${since}`, ...waits].join('; ')
  }

  const lacking = connectors
    .map(({ connections }) => connections.filter(isLive).length)
    .filter(number => number > 0 && number < CONNECTIONS_WANTED)
  const lacks =
    lacking.length === 0
      ? []
      : [`${count(lacking.length, 'connector')} with fewer than ${CONNECTIONS_WANTED} connections`]
  if (status === 'degraded') return [...waits, ...lacks].join('; ')

  const serving = connectors.filter(({ connections }) => connections.some(isLive)).length
  return `${count(live.length, 'connection')} live on ${count(serving, 'connector')}`
}

function isLive({ state }: Connection): boolean {
  return state === 'live'
}

function ofAll(pending: number, live: number): string {
  return live === 0 ? count(pending, 'connection') : `${pending} of ${count(pending + live, 'connection')}`
}

function lastExpiry(pending: readonly Connection[], pendingReconnectMs: number): string {
  return timeOf(Math.max(...pending.map(({ lost_at }) => Date.parse(lost_at ?? ''))) + pendingReconnectMs)
}

function momentOf(at: number): string {
  return `${dateOf(at)} ${timeOf(at)}`
}
