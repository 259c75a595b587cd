/**
 * SQL and nothing else: facts in, facts out. No status code, no clock and no rule of Cloudflare's lives here; what depends on
 * time is asked with a Moment. Each table's row, statements and functions stand in one file.
 */
import { accessSync, constants, existsSync, realpathSync, statSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import Database from 'better-sqlite3'
import { MIGRATIONS } from '../resources/migrations.ts'
import { inspect } from './integrity.ts'
import { lockFile } from './lock.ts'
import { migrate } from './migrate.ts'
import { orRefuse } from './wrap-error.ts'

export type { Database } from 'better-sqlite3'
export const { SqliteError } = Database

export interface OpenDatabase {
  readonly db: Database.Database
  /** Leaves one plain file, without a write-ahead log, and lets others have it. */
  readonly close: () => void
}

/**
 * Opens a database in a file, or one in memory for `:memory:`, and brings it to the newest schema. A file that cannot be written
 * is opened for reading. Throws an Error with one clear line for a file that is in use, that must be left alone, or that cannot be
 * opened; such a file is left as it was.
 */
export function openDatabase(given: string, migrations: readonly string[] = MIGRATIONS): OpenDatabase {
  if (['', ':memory:'].includes(given)) return openInMemory(migrations)

  const file = existsSync(given) ? realpathSync(given) : resolve(given)
  return isWritable(file) ? openForWriting(file, migrations) : openForReading(file, migrations)
}

/** The whole of it as it is at this moment. */
export function imageOf(db: Database.Database): Buffer {
  return inPlainMode(db.serialize())
}

/** A database in memory that begins as an image, and leaves that as it is. */
export function fromImage(image: Buffer): Database.Database {
  const db = new Database(image)
  db.pragma(`cache_size = -${CACHE_KIB}`)
  db.pragma('locking_mode = EXCLUSIVE') // Nobody else can reach it, so each transaction need not look whether it was changed.
  db.pragma('journal_mode = TRUNCATE') // In memory too, but in one piece that is written on again, not in many that come and go.
  return db
}

/**
 * What begins as an image stays one, so each page in the cache of SQLite, 16 MiB by default, is there twice; a copy is cheap. And all of
 * the cache is looked through when a page was split.
 */
const CACHE_KIB = 400

/** Two bytes of the header say that there is a write-ahead log, which a database in memory cannot have (so the format of SQLite has it). */
function inPlainMode(image: Buffer): Buffer {
  return image.fill(1, 18, 20)
}

/** Databases in memory are many. All begin as the first one did, which alone was brought to the newest schema step by step. */
const empty = new WeakMap<readonly string[], Buffer>()

function openInMemory(migrations: readonly string[]): OpenDatabase {
  const image = empty.get(migrations)
  const db = fromImage(image ?? Buffer.alloc(0))
  if (!image) {
    migrate(db, ':memory:', migrations)
    empty.set(migrations, db.serialize())
  }
  return { db, close: () => db.close() }
}

function openForWriting(file: string, migrations: readonly string[]): OpenDatabase {
  const unlock = lockFile(file)
  try {
    inspectUntouched(file, migrations.length)
    const db = connect(file)
    return {
      db: closedOnFailure(db, () => prepare(db, file, migrations)),
      close: () => {
        closeInOrder(db)
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw error
  }
}

function prepare(db: Database.Database, file: string, migrations: readonly string[]): void {
  migrate(db, file, migrations)
  // With WAL a commit survives the end of the process; only a power cut could lose the last ones.
  orRefuse(`cannot write database ${file}`, () => db.pragma('journal_mode = WAL'))
  db.pragma('synchronous = NORMAL')
}

/**
 * On a connection for reading, since one for writing would copy the write-ahead log into a damaged file when it closes. Only what
 * a crash in the middle of a migration left must be rolled back first, which needs one for writing.
 */
function inspectUntouched(file: string, newest: number): void {
  if (!existsSync(file) || statSync(file).size === 0) return

  const db = connect(file, { readonly: !existsSync(`${file}-journal`) })
  try {
    inspect(db, file, newest)
  } finally {
    db.close()
  }
}

function openForReading(file: string, migrations: readonly string[]): OpenDatabase {
  const db = connect(file, { readonly: true })
  const usable = closedOnFailure(db, () => {
    const version = inspect(db, file, migrations.length)
    if (version === migrations.length) return
    throw new Error(
      `database ${file} has schema version ${version} and must be brought to ${migrations.length}, but it cannot be written`,
    )
  })
  return { db: usable, close: () => db.close() }
}

function connect(file: string, options: Database.Options = {}): Database.Database {
  return orRefuse(`cannot open database ${file}`, () => new Database(file, options))
}

function closedOnFailure(db: Database.Database, work: () => void): Database.Database {
  try {
    work()
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** Where the log cannot be put away, because the disk is full or somebody is looking, it stays beside the file and is read again. */
function closeInOrder(db: Database.Database): void {
  try {
    db.pragma('busy_timeout = 0')
    db.pragma('journal_mode = DELETE')
  } catch {
    // Nothing is lost, so nothing is to be said.
  }
  db.close()
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
