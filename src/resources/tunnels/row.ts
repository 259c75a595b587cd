/** Converts between tunnels and the rows of their table. */
import { type Connectivity, type Moment, TUNNEL_COLUMNS, type TunnelRecord } from '../../../schemas/records.ts'
import { connectivityOf } from '../connections/rules.ts'
import { IS_TRACKED_LOSS } from '../connections/store.ts'

/** A tunnel with the state of its connections at the time it was read. */
export type TunnelWithConnectivity = TunnelRecord & Connectivity

export type TunnelRow = { [Column in keyof TunnelRecord]: Column extends 'metadata' ? string : TunnelRecord[Column] }

export interface ConnectivityRow extends TunnelRow {
  fewest_live: number
  pending: 0 | 1
}

const NAMES = Object.keys(TUNNEL_COLUMNS)
const CHANGEABLE = Object.entries(TUNNEL_COLUMNS).flatMap(([name, kind]) => (kind === 'changeable' ? [name] : []))

export const COLUMNS = NAMES.join(', ')

export const INSERT = `INSERT INTO tunnels (${COLUMNS}) VALUES (${NAMES.map(name => `@${name}`).join(', ')})`

export const UPDATE = `UPDATE tunnels SET ${CHANGEABLE.map(name => `${name} = @${name}`).join(', ')}
  WHERE account_tag = @account_tag AND id = @id`

/** Selects a tunnel with the values that `connectivityOf` needs, by an index on one tunnel. */
export const SELECT_WITH_CONNECTIVITY = `SELECT ${NAMES.map(name => `t.${name}`).join(', ')}, t.fewest_live,
  t.fewest_live >= 0 AND EXISTS (SELECT 1 FROM connections INDEXED BY open_connections
    WHERE account_tag = t.account_tag AND tunnel_id = t.id AND ${IS_TRACKED_LOSS}) AS pending`

export function rowOf(tunnel: TunnelRecord): TunnelRow {
  return { ...tunnel, metadata: JSON.stringify(tunnel.metadata) }
}

export function recordOf(row: TunnelRow): TunnelRecord {
  return { ...row, metadata: JSON.parse(row.metadata) }
}

export function withConnectivity(
  { fewest_live, pending, ...row }: ConnectivityRow,
  moment: Moment,
): TunnelWithConnectivity {
  return { ...recordOf(row), ...connectivityOf(fewest_live, pending === 1, moment) }
}
