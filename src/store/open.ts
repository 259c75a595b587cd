import { accessSync, constants, existsSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import SQLite from 'better-sqlite3'
import { BUSY_TIMEOUT_MS, type Database, wrapConnection } from './database.ts'
import { inspect, isCurrent } from './integrity.ts'
import { lockFile } from './lock.ts'
import { CACHE_KIB, openInMemory } from './memory.ts'
import { migrate } from './migrate.ts'
import { resolveRegularFile } from './regular-file.ts'
import type { Schema } from './schema.ts'
import { wrapError } from './wrap-error.ts'

/**
 * Opens a database file, or a database in memory for `:memory:`, and migrates it to the newest
 * schema. It opens a file without write permission for reading. Throws an Error with one line, and
 * changes nothing, for a file that is in use, that `resolveRegularFile` or `inspect` rejects, or that
 * it cannot open.
 */
export function openDatabase(path: string, schema: Schema): Database {
  if (['', ':memory:'].includes(path)) return openInMemory(schema)

  const file = resolveRegularFile(path)
  return isWritable(file) ? openForWriting(file, schema) : openForReading(file, schema)
}

function openForWriting(file: string, schema: Schema): Database {
  const unlock = lockFile(file)
  try {
    const connection = connectToValid(file, schema)
    return wrapConnection(connection, () => {
      closeGracefully(connection)
      unlock()
    })
  } catch (error) {
    unlock()
    throw error
  }
}

/**
 * How much a database survives: the end of the process, or also a power failure. The latter waits for
 * the disk at the first write and when it closes.
 */
export type Durability = 'process' | 'power'

/**
 * Opens a database file in a folder whose lock this process has, and migrates it. `isKnown`: this
 * process has checked the file before. Throws an Error with one line like `openDatabase`.
 */
export function openInFolder(file: string, schema: Schema, durability: Durability, isKnown = false): Database {
  const connection = isKnown ? connect(file) : connectToValid(file, schema)
  connection.pragma(`synchronous = ${durability === 'power' ? 'NORMAL' : 'OFF'}`)
  connection.pragma(`cache_size = -${CACHE_KIB}`)
  // The last connection merges the log when it closes, and the file stays ready for the next one.
  return wrapConnection(connection)
}

function connectToValid(file: string, schema: Schema): SQLite.Database {
  inspectReadOnly(file, schema)
  const connection = connect(file)
  closeOnFailure(connection, () => prepare(connection, file, schema))
  return connection
}

function prepare(connection: SQLite.Database, file: string, schema: Schema): void {
  migrate(connection, file, schema)
  // With WAL a commit survives the end of the process. Only a power failure can lose the last ones.
  wrapError(`cannot write database ${file}`, () => connection.pragma('journal_mode = WAL'))
  connection.pragma('synchronous = NORMAL')
}

/**
 * Inspects through a read-only connection, because a writable one copies the write-ahead log into a
 * damaged file when it closes. Only after a crash during a migration it needs a writable one, to
 * roll that back.
 */
function inspectReadOnly(file: string, schema: Schema): void {
  if (!existsSync(file) || statSync(file).size === 0) return

  const connection = connect(file, { readonly: !existsSync(`${file}-journal`) })
  try {
    inspect(connection, file, schema)
  } finally {
    connection.close()
  }
}

function openForReading(file: string, schema: Schema): Database {
  const connection = connect(file, { readonly: true })
  closeOnFailure(connection, () => {
    const newest = schema.migrations.length
    const version = inspect(connection, file, schema)
    if (isCurrent(connection, schema)) return
    throw new Error(
      `database ${file} has schema version ${version} and must be brought to ${newest}, but it cannot be written`,
    )
  })
  return wrapConnection(connection)
}

function connect(file: string, options: SQLite.Options = {}): SQLite.Database {
  return wrapError(`cannot open database ${file}`, () => new SQLite(file, { timeout: BUSY_TIMEOUT_MS, ...options }))
}

function closeOnFailure(connection: SQLite.Database, work: () => void): void {
  try {
    work()
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * SQLite cannot merge the log if the disk is full or another process reads. The log then stays next
 * to the file until the next start.
 */
function closeGracefully(connection: SQLite.Database): void {
  try {
    connection.pragma('busy_timeout = 0')
    connection.pragma('journal_mode = DELETE')
  } catch {
    // The log still has the data.
  }
  connection.close()
}

/** SQLite also writes other files to the same directory. */
function isWritable(file: string): boolean {
  try {
    if (existsSync(file)) accessSync(file, constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
    return true
  } catch {
    return false
  }
}
