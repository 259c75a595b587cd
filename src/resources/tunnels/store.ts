import type { Moment, TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Database } from '../../store/database.ts'
import { statement, valueStatement } from '../../store/statement.ts'
import { untilWritten } from '../../store/write-counter.ts'
import { tunnelLists } from './list-query.ts'
import {
  COLUMNS,
  type ReadRow,
  readWith,
  recordOf,
  rowOf,
  type TunnelRow,
  type TunnelValues,
  type TunnelWithConnectivity,
  valuesOf,
  withConnectivity,
} from './row.ts'

/** By their place, as of all that is asked or written often. */
const INSERT = `INSERT INTO tunnels (${COLUMNS}) VALUES (${COLUMNS.replaceAll(/\w+/g, '?')})`

export function tunnelStore(db: Database) {
  // Asked in nearly every request, so its parameters go by their place: SQLite looks none of them up by its name.
  const find = statement<[number, string, string, string], ReadRow>(
    db,
    `${readWith('?', '?')} FROM tunnels WHERE account_tag = ? AND id = ?`,
  )
  const otherBearers = valueStatement<[string, string, string], number>(
    db,
    'SELECT count(*) FROM tunnels WHERE account_tag = ? AND name = ? AND deleted_at IS NULL AND id <> ?',
  )
  const all = statement<[], TunnelRow>(db, `SELECT ${COLUMNS} FROM tunnels ORDER BY created_at, account_tag, id`)
  const count = valueStatement<[], number>(db, 'SELECT count(*) FROM tunnels')
  const withPending = statement<[object], TunnelRow>(
    db,
    `SELECT ${COLUMNS} FROM tunnels WHERE lost_at > @tracked_since`,
  )
  const lastLoss = valueStatement<[string], Timestamp | null>(
    db,
    'SELECT max(lost_at) FROM tunnels WHERE account_tag = ? AND lost_at IS NOT NULL',
  )
  const withLive = statement<[], TunnelRow>(db, `SELECT ${COLUMNS} FROM tunnels WHERE fewest_live > 0`)
  const insert = statement<TunnelValues>(db, INSERT)
  const insertNamed = statement<TunnelValues>(
    db,
    `${INSERT} ON CONFLICT (account_tag, name) WHERE deleted_at IS NULL DO NOTHING`,
  )
  const update = statement<[TunnelRow]>(
    db,
    `UPDATE tunnels SET name = @name, config_src = @config_src, tunnel_secret = @tunnel_secret, metadata = @metadata,
       deleted_at = @deleted_at, conns_active_at = @conns_active_at, conns_inactive_at = @conns_inactive_at
     WHERE account_tag = @account_tag AND id = @id`,
  )

  return {
    /** The tunnel, deleted or not. */
    find: (
      account_tag: string,
      id: string,
      { healthy_connections, tracked_since }: Moment,
    ): TunnelWithConnectivity | undefined => {
      const row = find.get(healthy_connections, tracked_since, account_tag, id)
      return row && withConnectivity(row)
    },

    /** Whether no other tunnel of the account bears its name; a deleted one bears it no longer. */
    isNameFree: ({ account_tag, name, id }: TunnelRecord): boolean => otherBearers.get(account_tag, name, id) === 0,

    /** How many there are in all accounts, deleted ones included. */
    count: (): number => count.get() ?? 0,

    /** Every tunnel of every account, oldest first. */
    all: (): readonly TunnelRecord[] => all.all().map(recordOf),

    /** Tunnels of which a lost connection is still tracked. */
    withPending: (moment: Moment): readonly TunnelRecord[] => withPending.all(moment).map(recordOf),

    /** When an account lost a connection for the last time, of those that are not closed; undefined: never. */
    lastLoss: untilWritten(db, (account_tag): Timestamp | undefined => lastLoss.get(account_tag) ?? undefined),

    /** Tunnels that have a live connection. */
    withLive: (): readonly TunnelRecord[] => withLive.all().map(recordOf),

    /** Throws where its name is not free. */
    insert: (tunnel: TunnelRecord): void => {
      insert.run(...valuesOf(tunnel))
    },

    /** False, and nothing is done, where its name is not free. */
    insertIfNameIsFree: (tunnel: TunnelRecord): boolean => insertNamed.run(...valuesOf(tunnel)) === 1,

    update: (tunnel: TunnelRecord): void => {
      update.run(rowOf(tunnel))
    },

    list: tunnelLists(db),
  }
}
