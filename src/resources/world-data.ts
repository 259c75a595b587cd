/** All data of a world at once, over the tables of every resource. */
import type { TunnelRecords, WorldRecords } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { insertAccount, insertCredential, listAccounts, listCredentials } from '../gateway/store.ts'
import type { Database } from '../store/database.ts'
import type { WorldData } from '../worlds/world-data.ts'
import { configurationHistory, insertConfiguration } from './configurations/store.ts'
import { connectorHistory, insertConnector } from './connections/store.ts'
import { SCHEMA } from './migrations.ts'
import { allTunnels, insertTunnel } from './tunnels/store.ts'

/** In an order in which no reference is left without its row. */
const DELETE_ALL = ['connections', 'connectors', 'configurations', 'tunnels', 'credentials', 'accounts'].map(
  table => `DELETE FROM ${table}`,
)

const IS_EMPTY = `SELECT ${['accounts', 'credentials', 'tunnels']
  .map(table => `NOT EXISTS (SELECT 1 FROM ${table})`)
  .join(' AND ')}`

const LAST_CHANGE = `SELECT max(time) FROM (
  SELECT max(created_at, ifnull(deleted_at, ''), ifnull(conns_active_at, ''), ifnull(conns_inactive_at, '')) AS time
    FROM tunnels
  UNION ALL SELECT max(created_at) FROM configurations
  UNION ALL SELECT max(opened_at, ifnull(lost_at, ''), ifnull(closed_at, '')) FROM connections)`

function isEmpty(db: Database): boolean {
  return db.value<0 | 1>(IS_EMPTY) === 1
}

function read(db: Database): WorldRecords {
  return {
    accounts: listAccounts(db),
    credentials: listCredentials(db),
    tunnels: allTunnels(db).map(
      (tunnel): TunnelRecords => ({
        tunnel,
        configurations: configurationHistory(db, tunnel),
        connectors: connectorHistory(db, tunnel),
      }),
    ),
  }
}

function write(db: Database, { accounts, credentials, tunnels }: WorldRecords): void {
  for (const account of accounts) insertAccount(db, account)
  for (const credential of credentials) insertCredential(db, credential)
  for (const { tunnel, configurations, connectors } of tunnels) {
    insertTunnel(db, tunnel)
    for (const configuration of configurations) insertConfiguration(db, tunnel, configuration)
    for (const connector of connectors) insertConnector(db, tunnel, connector)
  }
}

function clear(db: Database): void {
  if (isEmpty(db)) return
  for (const statement of DELETE_ALL) db.run(statement)
}

export const WORLD_DATA: WorldData = { schema: SCHEMA, isEmpty, read, write, clear }

/** The latest time in any row. */
export function lastChange(db: Database): Timestamp | undefined {
  return db.value<Timestamp | null>(LAST_CHANGE) ?? undefined
}
