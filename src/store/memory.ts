import SQLite from 'better-sqlite3'
import { type Database, wrapConnection } from './database.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'

/**
 * SQLite's cache for a database in memory holds each page a second time, so it is small. By default
 * it is 16 MiB.
 */
const CACHE_KIB = 400

/** A database in memory that starts as an image and does not change it. */
export function openImage(image: Buffer): Database {
  return wrapConnection(connect(image))
}

/**
 * The empty database of each schema. Only the first one runs them, the others start as its image.
 */
const empty = new WeakMap<Schema, Buffer>()

export function openInMemory(schema: Schema): Database {
  const image = empty.get(schema)
  const connection = connect(image ?? Buffer.alloc(0))
  if (!image) {
    migrate(connection, ':memory:', schema)
    empty.set(schema, connection.serialize())
  }
  return wrapConnection(connection)
}

function connect(image: Buffer): SQLite.Database {
  const connection = new SQLite(image)
  connection.pragma(`cache_size = -${CACHE_KIB}`)
  connection.pragma('locking_mode = EXCLUSIVE') // Nobody else can reach it: no need to look for changes at each transaction.
  connection.pragma('journal_mode = TRUNCATE') // In memory as well, but one piece that is used again.
  return connection
}
