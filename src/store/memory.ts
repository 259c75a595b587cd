import SQLite from 'better-sqlite3'
import { type Database, wrapConnection } from './database.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

/**
 * The page cache of a database in memory duplicates its pages, and a server has many databases. So
 * it is small; the default is 16 MiB.
 */
export const CACHE_KIB = 400

/** Opens a copy of an image in memory. */
export function openImage(image: Buffer): Database {
  return wrapConnection(connect(image))
}

/** Images of empty databases: only the first database of a schema runs its migrations. */
const emptyImages = new WeakMap<Schema, Buffer>()

export function openInMemory(schema: Schema): Database {
  return openImage(emptyImage(schema))
}

/** The image of a database without data. */
export function emptyImage(schema: Schema): Buffer {
  const known = emptyImages.get(schema)
  if (known) return known

  const connection = connect(Buffer.alloc(0))
  migrate(connection, ':memory:', schema)
  const image = connection.serialize()
  connection.close()
  emptyImages.set(schema, image)
  return image
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
