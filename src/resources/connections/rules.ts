import type {
  ConnectionRecord,
  Connectivity,
  ConnectorWithConnections,
  TunnelRecord,
} from '../../../schemas/records.ts'
import { plusMillis } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { CONNECTION_ERRORS } from './errors.ts'

/** Connections that one cloudflared keeps open (recorded: connector_spread). */
export const CONNECTIONS_PER_CONNECTOR = 4

/** The data center of a connector's nth connection, from 0. */
export function coloOf(colos: readonly string[], nth: number): string {
  return colos[nth % colos.length] ?? ''
}

/** Live connections that make a connector healthy (assumed: status_threshold). */
export const HEALTHY_CONNECTIONS = 4

export const NEVER_CONNECTED: Connectivity = { ever_connected: false, live: false, impaired: false }

/** The instant before which a lost connection has expired. */
export function trackedSince(now: Timestamp, pendingReconnectMs: number): Timestamp {
  return plusMillis(now, -pendingReconnectMs)
}

/** When a connection stopped being live; null while it is. */
function endOf({ lost_at, closed_at }: ConnectionRecord): Timestamp | null {
  if (lost_at === null || closed_at === null) return lost_at ?? closed_at
  return lost_at < closed_at ? lost_at : closed_at
}

export function isLive(connection: ConnectionRecord): boolean {
  return endOf(connection) === null
}

/** Tracked connections that are not live wait for their connector to come back (documented: connection_pending). */
export function isPendingReconnect(connection: ConnectionRecord): boolean {
  return connection.lost_at !== null
}

/** Whether any connection is tracked, told by what was read of them at the same moment. */
export function hasTracked({ live, impaired }: Connectivity): boolean {
  return live || impaired
}

export type Activity = Pick<TunnelRecord, 'conns_active_at' | 'conns_inactive_at'>

/** Since when a tunnel has, or has not, had a live connection, told from all its connections (recorded: activity_times). */
export function activityOf(history: readonly ConnectionRecord[], created_at: Timestamp): Activity {
  let since: Timestamp | null = null
  let until: Timestamp | null = created_at

  for (const connection of history.toSorted(byOpening)) {
    const end = endOf(connection)
    if (since === null || (until !== null && connection.opened_at > until)) {
      since = connection.opened_at
      until = end
    } else {
      until = until === null || end === null ? null : later(until, end)
    }
  }
  return until === null
    ? { conns_active_at: since, conns_inactive_at: null }
    : { conns_active_at: null, conns_inactive_at: until }
}

/** What a tunnel becomes when only `remaining` of its tracked connections are left (recorded: activity_times). */
export function afterLoss<T extends TunnelRecord>(
  tunnel: T,
  remaining: readonly ConnectionRecord[],
  now: Timestamp,
): T {
  const wasActive = tunnel.conns_active_at !== null
  if (!wasActive || remaining.some(isLive)) return tunnel

  return { ...tunnel, conns_active_at: null, conns_inactive_at: now }
}

function byOpening(a: ConnectionRecord, b: ConnectionRecord): number {
  return a.opened_at < b.opened_at ? -1 : 1
}

function later(a: Timestamp, b: Timestamp): Timestamp {
  return a > b ? a : b
}

/**
 * What a clean-up cuts off: everything tracked, or what belongs to one connector (documented: clean_up); it may be nothing
 * (client: clean_up_nothing).
 */
export function cutOff(tracked: readonly ConnectionRecord[], client_id: string | undefined) {
  return {
    cut: tracked.filter(connection => isOf(connection, client_id)),
    kept: tracked.filter(connection => !isOf(connection, client_id)),
  }
}

/** What the clean-up of before 2024-08 cuts off: what is lost and waits for a reconnect (documented: argo_clean_up). */
export function cutOffPending(tracked: readonly ConnectionRecord[]) {
  return {
    cut: tracked.filter(isPendingReconnect),
    kept: tracked.filter(connection => !isPendingReconnect(connection)),
  }
}

function isOf(connection: ConnectionRecord, client_id: string | undefined): boolean {
  return client_id === undefined || connection.client_id === client_id.toLowerCase()
}

/** A connector that is gone is still found, without connections (assumed: connector_gone); one that never was is not. */
export function requireConnector(connector: ConnectorWithConnections | undefined): ConnectorWithConnections {
  return connector ?? throwApiError(CONNECTION_ERRORS.connector_not_found)
}
