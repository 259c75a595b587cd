import SQLite from 'better-sqlite3'
import { type Database, wrapConnection } from './database.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

/**
 * The page cache of a database in memory duplicates its pages, so it is small. The default is
 * 16 MiB.
 */
const CACHE_KIB = 400

/** Opens a copy of an image in memory. */
export function openImage(image: Buffer): Database {
  return wrapConnection(connect(image))
}

/** Images of empty databases: only the first database of a schema runs its migrations. */
const emptyImages = new WeakMap<Schema, Buffer>()

export function openInMemory(schema: Schema): Database {
  const image = emptyImages.get(schema)
  const connection = connect(image ?? Buffer.alloc(0))
  if (!image) {
    migrate(connection, ':memory:', schema)
    emptyImages.set(schema, connection.serialize())
  }
  return wrapConnection(connection)
}

function connect(image: Buffer): SQLite.Database {
  const connection = new SQLite(image)
  connection.pragma(`cache_size = -${CACHE_KIB}`)
  // No other connection exists, so SQLite need not look for changes in each transaction.
  connection.pragma('locking_mode = EXCLUSIVE')
  // The journal is in memory as well; this mode reuses its memory.
  connection.pragma('journal_mode = TRUNCATE')
  return connection
}
