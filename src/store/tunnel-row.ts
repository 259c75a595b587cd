/** A tunnel as its table has it, and as the others know it. */
import type { Connectivity, TunnelRecord } from '../../schemas/records.ts'
import type { ConfigSource } from '../../schemas/tunnel.ts'
import { connectivityOf, LATELY_LOST, type Standing, standingBelow } from './standing.ts'

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

export const READ = `SELECT ${COLUMNS}, ${standingBelow('@healthy_connections')} AS standing, ${LATELY_LOST} AS lately_lost`

export const rowOf = ({ metadata, ...tunnel }: TunnelRecord): TunnelRow => ({
  ...tunnel,
  metadata: JSON.stringify(metadata),
})

export const recordOf = ({ metadata, ...row }: TunnelRow): TunnelRecord => ({ ...row, metadata: JSON.parse(metadata) })

/** In one go, since a list does it for each of its tunnels. */
export const withConnectivity = ({ standing, lately_lost, metadata, ...row }: ReadRow): TunnelWithConnectivity => ({
  ...row,
  metadata: JSON.parse(metadata),
  ...connectivityOf(standing, lately_lost === 1),
})
