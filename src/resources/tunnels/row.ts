/** A tunnel as a row of its table. */
import { type Connectivity, type Moment, TUNNEL_COLUMNS, type TunnelRecord } from '../../../schemas/records.ts'
import { connectivityOf } from '../connections/rules.ts'
import { IS_TRACKED_LOSS } from '../connections/store.ts'

/** A tunnel with the state of its connections at the moment of reading. */
export type TunnelWithConnectivity = TunnelRecord & Connectivity

export type TunnelRow = { [Column in keyof TunnelRecord]: Column extends 'metadata' ? string : TunnelRecord[Column] }

export interface ReadRow extends TunnelRow {
  fewest_live: number
  pending: 0 | 1
}

const NAMES = Object.keys(TUNNEL_COLUMNS)
const CHANGEABLE = Object.entries(TUNNEL_COLUMNS).flatMap(([name, kind]) => (kind === 'changeable' ? [name] : []))

export const COLUMNS = NAMES.join(', ')

export const INSERT = `INSERT INTO tunnels (${COLUMNS}) VALUES (${NAMES.map(name => `@${name}`).join(', ')})`

export const UPDATE = `UPDATE tunnels SET ${CHANGEABLE.map(name => `${name} = @${name}`).join(', ')}
  WHERE account_tag = @account_tag AND id = @id`

/** Reads a tunnel with what `connectivityOf` needs; the index is that of the one tunnel. */
export const READ = `SELECT ${NAMES.map(name => `t.${name}`).join(', ')}, t.fewest_live,
  t.fewest_live >= 0 AND EXISTS (SELECT 1 FROM connections INDEXED BY open_connections
    WHERE account_tag = t.account_tag AND tunnel_id = t.id AND ${IS_TRACKED_LOSS}) AS pending`

export function rowOf(tunnel: TunnelRecord): TunnelRow {
  return { ...tunnel, metadata: JSON.stringify(tunnel.metadata) }
}

export function recordOf(row: TunnelRow): TunnelRecord {
  return { ...row, metadata: JSON.parse(row.metadata) }
}

export function withConnectivity({ fewest_live, pending, ...row }: ReadRow, moment: Moment): TunnelWithConnectivity {
  return { ...recordOf(row), ...connectivityOf(fewest_live, pending === 1, moment) }
}
