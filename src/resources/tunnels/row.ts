/** A tunnel as its table has it, and as the others know it. */
import type { Connectivity, TunnelRecord } from '../../../schemas/records.ts'
import type { ConfigSource } from '../../../schemas/tunnel.ts'
import { connectivityOf, latelyLost, type Standing, standingBelow } from '../connections/connectivity.ts'

/** A tunnel with what its connections say at the moment of reading. */
export type TunnelWithConnectivity = TunnelRecord & Connectivity

export interface TunnelRow {
  id: string
  account_tag: string
  name: string
  config_src: ConfigSource
  tunnel_secret: string
  metadata: string
  created_at: string
  deleted_at: string | null
  conns_active_at: string | null
  conns_inactive_at: string | null
}

export interface ReadRow extends TunnelRow {
  standing: Standing
  lately_lost: 0 | 1
}

export const COLUMNS =
  'id, account_tag, name, config_src, tunnel_secret, metadata, created_at, deleted_at, conns_active_at, conns_inactive_at'

/** With the two parameters that it needs of a Moment, in this order. */
export function readWith(healthyConnections: string, trackedSince: string): string {
  return `SELECT ${COLUMNS}, ${standingBelow(healthyConnections)} AS standing, ${latelyLost(trackedSince)} AS lately_lost`
}

export function rowOf({ metadata, ...tunnel }: TunnelRecord): TunnelRow {
  return {
    ...tunnel,
    metadata: JSON.stringify(metadata),
  }
}

export type TunnelValues = (string | null)[]

/** In the order of the columns. */
export function valuesOf(tunnel: TunnelRecord): TunnelValues {
  return [
    tunnel.id,
    tunnel.account_tag,
    tunnel.name,
    tunnel.config_src,
    tunnel.tunnel_secret,
    JSON.stringify(tunnel.metadata),
    tunnel.created_at,
    tunnel.deleted_at,
    tunnel.conns_active_at,
    tunnel.conns_inactive_at,
  ]
}

export function recordOf({ metadata, ...row }: TunnelRow): TunnelRecord {
  return { ...row, metadata: JSON.parse(metadata) }
}

/** Key by key, since a list does it for each of its tunnels, and a spread takes ten times as long. */
export function withConnectivity(row: ReadRow): TunnelWithConnectivity {
  const { ever_connected, live, impaired } = connectivityOf(row.standing, row.lately_lost === 1)
  return {
    id: row.id,
    account_tag: row.account_tag,
    name: row.name,
    config_src: row.config_src,
    tunnel_secret: row.tunnel_secret,
    metadata: JSON.parse(row.metadata),
    created_at: row.created_at,
    deleted_at: row.deleted_at,
    conns_active_at: row.conns_active_at,
    conns_inactive_at: row.conns_inactive_at,
    ever_connected,
    live,
    impaired,
  }
}
