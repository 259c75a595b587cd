import type { Moment, TunnelRecord } from '../../../schemas/records.ts'
import type { Database } from '../../store/database.ts'
import {
  COLUMNS,
  type ReadRow,
  readWith,
  recordOf,
  rowOf,
  type TunnelRow,
  type TunnelWithConnectivity,
  valuesOf,
  withConnectivity,
} from './row.ts'

const SELECT_ONE = `${readWith('?', '?')} FROM tunnels WHERE account_tag = ? AND id = ?`
const COUNT_OTHERS_OF_NAME =
  'SELECT count(*) FROM tunnels WHERE account_tag = ? AND name = ? AND deleted_at IS NULL AND id <> ?'
const SELECT_ALL = `SELECT ${COLUMNS} FROM tunnels ORDER BY created_at, account_tag, id`
const SELECT_PENDING = `SELECT ${COLUMNS} FROM tunnels WHERE lost_at > @tracked_since`
const SELECT_LIVE = `SELECT ${COLUMNS} FROM tunnels WHERE fewest_live > 0`
const INSERT = `INSERT INTO tunnels (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, '?')})`
const INSERT_IF_NAME_IS_FREE = `${INSERT} ON CONFLICT (account_tag, name) WHERE deleted_at IS NULL DO NOTHING`
const UPDATE = `UPDATE tunnels SET name = @name, config_src = @config_src, tunnel_secret = @tunnel_secret,
    metadata = @metadata, deleted_at = @deleted_at, conns_active_at = @conns_active_at,
    conns_inactive_at = @conns_inactive_at
  WHERE account_tag = @account_tag AND id = @id`

/** The tunnel, deleted or not. */
export function findTunnel(
  db: Database,
  account_tag: string,
  id: string,
  { healthy_connections, tracked_since }: Moment,
): TunnelWithConnectivity | undefined {
  const row = db.get<ReadRow>(SELECT_ONE, healthy_connections, tracked_since, account_tag, id)
  return row && withConnectivity(row)
}

/** Whether no other tunnel of the account has its name. Deleted tunnels no longer have one. */
export function isNameFree(db: Database, { account_tag, name, id }: TunnelRecord): boolean {
  return db.value<number>(COUNT_OTHERS_OF_NAME, account_tag, name, id) === 0
}

/** How many tunnels all accounts have, deleted ones included. */
export function countTunnels(db: Database): number {
  return db.value<number>('SELECT count(*) FROM tunnels') ?? 0
}

/** Every tunnel of every account, oldest first. */
export function allTunnels(db: Database): readonly TunnelRecord[] {
  return db.all<TunnelRow>(SELECT_ALL).map(recordOf)
}

/** Tunnels that have a pending reconnect. */
export function tunnelsWithPending(db: Database, moment: Moment): readonly TunnelRecord[] {
  return db.all<TunnelRow>(SELECT_PENDING, moment).map(recordOf)
}

/** Tunnels that have a live connection. */
export function tunnelsWithLive(db: Database): readonly TunnelRecord[] {
  return db.all<TunnelRow>(SELECT_LIVE).map(recordOf)
}

/** Throws if the name is taken. */
export function insertTunnel(db: Database, tunnel: TunnelRecord): void {
  db.run(INSERT, ...valuesOf(tunnel))
}

/** Returns false, and does nothing, if the name is taken. */
export function insertTunnelIfNameIsFree(db: Database, tunnel: TunnelRecord): boolean {
  return db.run(INSERT_IF_NAME_IS_FREE, ...valuesOf(tunnel)) === 1
}

export function saveTunnel(db: Database, tunnel: TunnelRecord): void {
  db.run(UPDATE, rowOf(tunnel))
}
