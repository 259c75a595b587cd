import type { Moment, TunnelKey, TunnelRecord } from '../../../schemas/records.ts'
import type { TunnelStatus } from '../../../schemas/tunnel.ts'
import type { Database, Reader } from '../../store/database.ts'
import { connectivityOf, statusOf } from '../connections/rules.ts'
import {
  COLUMNS,
  type ConnectivityRow,
  INSERT,
  recordOf,
  rowOf,
  SELECT_WITH_CONNECTIVITY,
  type TunnelRow,
  type TunnelWithConnectivity,
  UPDATE,
  withConnectivity,
} from './row.ts'

const SELECT_ONE = `${SELECT_WITH_CONNECTIVITY} FROM tunnels t WHERE t.account_tag = @account_tag AND t.id = @id`
const COUNT_OTHERS_OF_NAME =
  'SELECT count(*) FROM tunnels WHERE account_tag = ? AND name = ? AND deleted_at IS NULL AND id <> ?'
const OLDEST_FIRST = 'FROM tunnels ORDER BY created_at, account_tag, id'
const SELECT_ALL = `SELECT ${COLUMNS} ${OLDEST_FIRST}`
const SELECT_ALL_WITH_CONNECTIVITY = `${SELECT_WITH_CONNECTIVITY} FROM tunnels t ORDER BY t.created_at, t.account_tag, t.id`
const SELECT_ROWS = `SELECT rowid ${OLDEST_FIRST}`
const SELECT_ROW = `SELECT ${COLUMNS} FROM tunnels WHERE rowid = ?`
const SELECT_LIVE = 'SELECT account_tag, id FROM tunnels WHERE fewest_live > 0 ORDER BY rowid'
const COUNT_IN_OTHER_ACCOUNTS = 'SELECT count(*) FROM tunnels WHERE id = ? AND account_tag <> ? AND deleted_at IS NULL'
const INSERT_IF_NAME_IS_FREE = `${INSERT} ON CONFLICT (account_tag, name) WHERE deleted_at IS NULL DO NOTHING`

const COUNT_BY_CONNECTIVITY = `SELECT fewest_live, pending, count(*) AS tunnels
  FROM (${SELECT_WITH_CONNECTIVITY} FROM tunnels t WHERE t.deleted_at IS NULL) GROUP BY fewest_live, pending`

type ConnectivityGroup = Pick<ConnectivityRow, 'fewest_live' | 'pending'> & { readonly tunnels: number }

/** Finds a tunnel, deleted or not. */
export function findTunnel(
  db: Database,
  account_tag: string,
  id: string,
  moment: Moment,
): TunnelWithConnectivity | undefined {
  const row = db.get<ConnectivityRow>(SELECT_ONE, { account_tag, id, tracked_since: moment.tracked_since })
  return row && withConnectivity(row, moment)
}

/** Whether no other live tunnel of the account has this name. */
export function isNameFree(db: Database, { account_tag, name, id }: TunnelRecord): boolean {
  return db.value<number>(COUNT_OTHERS_OF_NAME, account_tag, name, id) === 0
}

/** Whether a live tunnel of another account has this id. */
export function isOfOtherAccount(db: Database, { account_tag, id }: TunnelKey): boolean {
  return db.value<number>(COUNT_IN_OTHER_ACCOUNTS, id, account_tag) !== 0
}

/** Counts the tunnels of all accounts, including deleted ones. */
export function countTunnels(db: Database): number {
  return db.value<number>('SELECT count(*) FROM tunnels') ?? 0
}

/** Counts the tunnels of all accounts with each status, without deleted ones. */
export function countByStatus(db: Database, moment: Moment): Record<TunnelStatus, number> {
  const counts: Record<TunnelStatus, number> = { inactive: 0, degraded: 0, healthy: 0, down: 0 }
  const groups = db.all<ConnectivityGroup>(COUNT_BY_CONNECTIVITY, { tracked_since: moment.tracked_since })
  for (const { fewest_live, pending, tunnels } of groups) {
    counts[statusOf(connectivityOf(fewest_live, pending === 1, moment))] += tunnels
  }
  return counts
}

/** Returns the tunnels of all accounts, oldest first. */
export function allTunnels(db: Reader): readonly TunnelRecord[] {
  return db.all<TunnelRow>(SELECT_ALL).map(recordOf)
}

/** Like `allTunnels`, with the state of their connections. */
export function tunnelsWithConnectivity(db: Reader, moment: Moment): readonly TunnelWithConnectivity[] {
  const rows = db.all<ConnectivityRow>(SELECT_ALL_WITH_CONNECTIVITY, { tracked_since: moment.tracked_since })
  return rows.map(row => withConnectivity(row, moment))
}

/** Returns the tunnels of all accounts that are not deleted, oldest first. */
export function liveTunnels(db: Reader): readonly TunnelRecord[] {
  return allTunnels(db).filter(({ deleted_at }) => deleted_at === null)
}

/** The account of the tunnel that was stored first. */
export function firstAccountWithTunnel(db: Reader): string | undefined {
  return db.value<string>('SELECT account_tag FROM tunnels ORDER BY rowid LIMIT 1')
}

/** Like `allTunnels`, but reads one tunnel at a time. The data must not change meanwhile. */
export function* eachTunnel(db: Reader): Generator<TunnelRecord> {
  for (const { rowid } of db.all<{ rowid: number }>(SELECT_ROWS)) {
    const row = db.get<TunnelRow>(SELECT_ROW, rowid)
    if (row) yield recordOf(row)
  }
}

export function tunnelsWithLiveConnection(db: Database): readonly TunnelKey[] {
  return db.all<TunnelKey>(SELECT_LIVE)
}

/** Throws if the name is taken. */
export function insertTunnel(db: Database, tunnel: TunnelRecord): void {
  db.run(INSERT, rowOf(tunnel))
}

/** Does nothing and returns false if the name is taken. */
export function insertTunnelIfNameIsFree(db: Database, tunnel: TunnelRecord): boolean {
  return db.run(INSERT_IF_NAME_IS_FREE, rowOf(tunnel)) === 1
}

export function saveTunnel(db: Database, tunnel: TunnelRecord): void {
  db.run(UPDATE, rowOf(tunnel))
}
