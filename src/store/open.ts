import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import SQLite from 'better-sqlite3'
import { type Database, wrapConnection } from './database.ts'
import { inspect, isCurrent } from './integrity.ts'
import { lockFile } from './lock.ts'
import { openInMemory } from './memory.ts'
import { migrate } from './migrate.ts'
import type { Schema } from './schema.ts'
import { orRefuse } from './wrap-error.ts'

/**
 * Opens a database in a file, or one in memory for `:memory:`, and brings it to the newest schema.
 * A file that cannot be written is opened for reading. Throws an Error with one clear line for a
 * file that is in use, that must be left alone, or that cannot be opened; such a file is left as it
 * was.
 */
export function openDatabase(path: string, schema: Schema): Database {
  if (['', ':memory:'].includes(path)) return openInMemory(schema)

  const file = existsSync(path) ? realpathSync(path) : resolve(path)
  return isWritable(file) ? openForWriting(file, schema) : openForReading(file, schema)
}

function openForWriting(file: string, schema: Schema): Database {
  const unlock = lockFile(file)
  try {
    inspectUntouched(file, schema)
    const connection = connect(file)
    closedOnFailure(connection, () => prepare(connection, file, schema))
    return wrapConnection(connection, () => {
      closeInOrder(connection)
      unlock()
    })
  } catch (error) {
    unlock()
    throw error
  }
}

function prepare(connection: SQLite.Database, file: string, schema: Schema): void {
  migrate(connection, file, schema)
  // With WAL a commit survives the end of the process; only a power cut could lose the last ones.
  orRefuse(`cannot write database ${file}`, () => connection.pragma('journal_mode = WAL'))
  connection.pragma('synchronous = NORMAL')
}

/**
 * Reads through a read-only connection: a writable one would copy the write-ahead log into a
 * damaged file when it closes. After a crash in the middle of a migration a writable one is needed,
 * to roll that back.
 */
function inspectUntouched(file: string, schema: Schema): void {
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
  closedOnFailure(connection, () => {
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
  return orRefuse(`cannot open database ${file}`, () => new SQLite(file, options))
}

function closedOnFailure(connection: SQLite.Database, work: () => void): void {
  try {
    work()
  } catch (error) {
    connection.close()
    throw error
  }
}

/**
 * If the log cannot be merged, because the disk is full or another process reads, it stays beside
 * the file and is read next time.
 */
function closeInOrder(connection: SQLite.Database): void {
  try {
    connection.pragma('busy_timeout = 0')
    connection.pragma('journal_mode = DELETE')
  } catch {
    // Nothing is lost.
  }
  connection.close()
}

/** SQLite writes beside the file as well. */
function isWritable(file: string): boolean {
  try {
    if (existsSync(file)) accessSync(file, constants.W_OK)
    accessSync(dirname(file), constants.W_OK)
    return true
  } catch {
    return false
  }
}
