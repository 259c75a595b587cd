import type { TunnelRecords, WorldRecords } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { accessStore } from '../gateway/store.ts'
import { configurationStore } from '../resources/configurations/store.ts'
import { connectorStore } from '../resources/connections/store.ts'
import { tunnelStore } from '../resources/tunnels/store.ts'
import { type Database, fromImage, imageOf, openDatabase, SqliteError } from './database.ts'
import { lifetimeStore } from './heartbeat.ts'
import { statement, valueStatement } from './statement.ts'
import { transactionOf } from './transaction.ts'
import { changeOf, revisionOf } from './write-counter.ts'

/** All that a world knows. */
export interface Store {
  readonly access: ReturnType<typeof accessStore>
  readonly tunnels: ReturnType<typeof tunnelStore>
  readonly configurations: ReturnType<typeof configurationStore>
  readonly connectors: ReturnType<typeof connectorStore>
  readonly lifetime: ReturnType<typeof lifetimeStore>
  /** Whether it ends with the process. */
  readonly isInMemory: boolean
  /** Another number whenever something may have been written since. */
  readonly revision: () => number
  /** Runs `write` whole or not at all. It is synchronous: there is nothing to await inside. */
  readonly transaction: <T>(write: () => T) => T
  /** The same for a single statement, which SQLite runs whole or not at all by itself, without what a transaction costs. */
  readonly autocommit: <T>(write: () => T) => T
  /** True while nothing was ever put in. */
  readonly isEmpty: () => boolean
  readonly read: () => WorldRecords
  /** The latest of all times that were ever written. */
  readonly lastChange: () => Timestamp | undefined
  /** Adds to what is there. */
  readonly write: (records: WorldRecords) => void
  readonly clear: () => void
  /** All of it, as it is at this moment; `openImage` makes a store of it. */
  readonly image: () => Buffer
  readonly close: () => void
}

/** A store on one SQLite database: a file, or in memory for `:memory:`. Throws like `openDatabase`. */
export function openStore(file: string): Store {
  const { db, close } = openDatabase(file)
  return storeOn(db, close)
}

/** A store in memory that begins as an image of another one and goes its own way. */
export function openImage(image: Buffer): Store {
  const db = fromImage(image)
  return storeOn(db, () => db.close())
}

/** For the log, and for whoever starts a server on the file. */
function namingFile<T>(db: Database, work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof SqliteError && !db.memory) error.message = `database ${db.name}: ${error.message}`
    throw error
  }
}

const TABLES = ['connections', 'connectors', 'configurations', 'tunnels', 'credentials', 'accounts']

function storeOn(db: Database, close: () => void): Store {
  const access = accessStore(db)
  const tunnels = tunnelStore(db)
  const configurations = configurationStore(db)
  const connectors = connectorStore(db)
  const lifetime = lifetimeStore(db)
  const lastChange = valueStatement<[], Timestamp | null>(
    db,
    `SELECT max(time) FROM (
         SELECT max(created_at, ifnull(deleted_at, ''), ifnull(conns_active_at, ''), ifnull(conns_inactive_at, '')) AS time
           FROM tunnels
         UNION ALL SELECT max(created_at) FROM configurations
         UNION ALL SELECT max(opened_at, ifnull(lost_at, ''), ifnull(closed_at, '')) FROM connections)`,
  )
  const whole = transactionOf(db, (write: () => unknown) => write())
  const isEmpty = valueStatement<[], 0 | 1>(
    db,
    `SELECT ${['accounts', 'credentials', 'tunnels'].map(table => `NOT EXISTS (SELECT 1 FROM ${table})`).join(' AND ')}`,
  )
  const clear = TABLES.map(table => statement(db, `DELETE FROM ${table}`))
  const markAsChanged = changeOf(db)

  return {
    access,
    tunnels,
    configurations,
    connectors,
    lifetime,
    isInMemory: db.memory,
    revision: revisionOf(db),
    transaction: <T>(write: () => T): T => {
      try {
        return namingFile(db, () => whole(write) as T)
      } catch (error) {
        markAsChanged()
        throw error
      }
    },
    autocommit: <T>(write: () => T): T => namingFile(db, write),

    isEmpty: (): boolean => isEmpty.get() === 1,

    read: (): WorldRecords => ({
      accounts: access.accounts(),
      credentials: access.credentials(),
      tunnels: tunnels.all().map(
        (tunnel): TunnelRecords => ({
          tunnel,
          configurations: configurations.all(tunnel),
          connectors: connectors.history(tunnel),
        }),
      ),
    }),

    lastChange: () => lastChange.get() ?? undefined,

    write: (records: WorldRecords): void => {
      for (const account of records.accounts) access.insertAccount(account)
      for (const credential of records.credentials) access.insertCredential(credential)
      for (const { tunnel, configurations: versions, connectors: known } of records.tunnels) {
        tunnels.insert(tunnel)
        for (const version of versions) configurations.insert(tunnel, version)
        for (const connector of known) connectors.insert(tunnel, connector)
      }
    },

    clear: (): void => {
      if (isEmpty.get() === 1) return
      for (const { run } of clear) run()
    },

    image: () => imageOf(db),

    close,
  }
}
