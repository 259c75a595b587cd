import type {
  ConfigurationRecord,
  ConnectionRecord,
  Connectivity,
  ConnectorWithConnections,
  Moment,
  TunnelRecord,
} from '../../../schemas/records.ts'
import { plusMillis } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { TunnelStatus } from '../../../schemas/tunnel.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { CONNECTION_ERRORS } from './errors.ts'

/** Connections of one cloudflared (recorded: connector_spread). */
export const CONNECTIONS_PER_CONNECTOR = 4

/** The data center of a connector's nth connection, counted from 0. */
export function coloOf(colos: readonly string[], nth: number): string {
  return colos[nth % colos.length] ?? ''
}

/** Live connections of a healthy connector (assumed: status_threshold). */
const HEALTHY_CONNECTIONS = 4

export function momentAt(now: Timestamp, pendingReconnectMs: number): Moment {
  return {
    now,
    tracked_since: plusMillis(now, -pendingReconnectMs),
    healthy_connections: HEALTHY_CONNECTIONS,
  }
}

/** The time at which a lost connection expires: it is no longer tracked. */
export function expiryOf(lost_at: Timestamp, pendingReconnectMs: number): Timestamp {
  return plusMillis(lost_at, pendingReconnectMs)
}

/** `IS_TRACKED_LOSS` of the store is the same rule in SQL. */
export function isTrackedLoss(lost_at: Timestamp, { tracked_since }: Moment): boolean {
  return lost_at > tracked_since
}

/**
 * `fewest_live` is the lowest number of live connections among connectors that have any; 0 if no
 * connection is live; -1 if the tunnel never had a connection. `pending`: a lost connection is
 * still tracked.
 */
export function connectivityOf(fewest_live: number, pending: boolean, { healthy_connections }: Moment): Connectivity {
  const live = fewest_live > 0
  return {
    ever_connected: fewest_live >= 0,
    live,
    impaired: pending || (live && fewest_live < healthy_connections),
  }
}

export const NEVER_CONNECTED: Connectivity = { ever_connected: false, live: false, impaired: false }

/** (documented: tunnel_status) */
export function statusOf({ ever_connected, live, impaired }: Connectivity): TunnelStatus {
  if (!ever_connected) return 'inactive'
  if (!live) return 'down'
  return impaired ? 'degraded' : 'healthy'
}

/** Whether any connection is tracked. */
export function hasTracked({ live, impaired }: Connectivity): boolean {
  return live || impaired
}

/** When a connection stopped being live; null while it is live. */
function endOf({ lost_at, closed_at }: ConnectionRecord): Timestamp | null {
  if (lost_at === null || closed_at === null) return lost_at ?? closed_at
  return lost_at < closed_at ? lost_at : closed_at
}

export function isLive(connection: ConnectionRecord): boolean {
  return endOf(connection) === null
}

/**
 * A tracked connection that is not live waits for its connector to reconnect
 * (documented: connection_pending).
 */
export function isPendingReconnect(connection: ConnectionRecord): boolean {
  return connection.lost_at !== null
}

export type Activity = Pick<TunnelRecord, 'conns_active_at' | 'conns_inactive_at'>

/**
 * Derives the activity times of a tunnel from all its connections (recorded: activity_times).
 */
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

/**
 * Updates the activity times: a tunnel becomes active with its first live connection and inactive
 * when it has none (recorded: activity_times).
 */
export function withActivity<T extends TunnelRecord>(tunnel: T, live: boolean, now: Timestamp): T {
  const wasActive = tunnel.conns_active_at !== null
  if (live === wasActive) return tunnel

  return { ...tunnel, conns_active_at: live ? now : null, conns_inactive_at: live ? null : now }
}

function byOpening(a: ConnectionRecord, b: ConnectionRecord): number {
  return a.opened_at < b.opened_at ? -1 : 1
}

function later(a: Timestamp, b: Timestamp): Timestamp {
  return a > b ? a : b
}

/**
 * A clean-up drops all tracked connections, or those of one connector (documented: clean_up). There
 * may be none (client: clean_up_nothing).
 */
export function connectionsToDrop(
  tracked: readonly ConnectionRecord[],
  client_id: string | undefined,
): readonly ConnectionRecord[] {
  return client_id === undefined
    ? tracked
    : tracked.filter(connection => connection.client_id === client_id.toLowerCase())
}

/**
 * The clean-up under the deprecated path drops pending connections only
 * (documented: argo_clean_up).
 */
export function pendingConnectionsToDrop(tracked: readonly ConnectionRecord[]): readonly ConnectionRecord[] {
  return tracked.filter(isPendingReconnect)
}

/**
 * A connector that is gone is still found, without connections (assumed: connector_gone). An
 * unknown one is not.
 */
export function requireConnector(connector: ConnectorWithConnections | undefined): ConnectorWithConnections {
  return connector ?? throwApiError(CONNECTION_ERRORS.connector_not_found)
}

/** cloudflared starts below version 0, so that it takes the first one of a local tunnel. */
const NO_VERSION = -1

/**
 * Whether a connector of a remotely configured tunnel runs an older version than the latest.
 */
export function isOutdated(
  connector: ConnectorWithConnections,
  tunnel: TunnelRecord,
  latest: ConfigurationRecord | undefined,
): latest is ConfigurationRecord {
  return (
    tunnel.config_src === 'cloudflare' &&
    latest !== undefined &&
    latest.version > (connector.config_version ?? NO_VERSION) &&
    connector.connections.some(isLive)
  )
}
