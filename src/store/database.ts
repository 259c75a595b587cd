/**
 * SQL and nothing else: facts in, facts out. No status code, no clock and no rule of Cloudflare's lives here; what depends on
 * time is asked with a Moment. Each table's row, statements and functions stand in one file.
 */
import Database from 'better-sqlite3'
import { MIGRATIONS } from './migrations.ts'

export type { Database } from 'better-sqlite3'

/**
 * Opens a database file, or one in memory for `:memory:`, and brings it to the present schema. Throws an Error with one clear
 * line for what is no database, cannot be opened, or was written by a newer mockflared; such a file is left as it was.
 */
export const openDatabase = (file: string): Database.Database => {
  const db = connect(file)
  try {
    refuseNewer(db, file)
    if (file !== ':memory:') db.pragma('journal_mode = WAL')
    // With WAL a commit survives the end of the process; only a power cut could lose the last ones.
    db.pragma('synchronous = NORMAL')
    db.pragma('foreign_keys = ON')
    migrate(db)
    return db
  } catch (error) {
    db.close()
    throw error
  }
}

/** A copy in memory, as it is at this moment. */
export const copyDatabase = (db: Database.Database): Database.Database => {
  const copy = new Database(db.serialize())
  copy.pragma('foreign_keys = ON')
  return copy
}

const connect = (file: string): Database.Database => {
  try {
    return new Database(file)
  } catch (error) {
    throw new Error(`cannot open database ${file}: ${reasonOf(error)}`)
  }
}

const schemaVersion = (db: Database.Database, file: string): number => {
  try {
    return Number(db.pragma('user_version', { simple: true }))
  } catch (error) {
    throw new Error(`cannot read database ${file}: ${reasonOf(error)}`)
  }
}

const refuseNewer = (db: Database.Database, file: string): void => {
  const version = schemaVersion(db, file)
  if (version <= MIGRATIONS.length) return

  throw new Error(
    `database ${file} has schema version ${version}, newer than the ${MIGRATIONS.length} of this mockflared; it was left as it is`,
  )
}

const migrate = (db: Database.Database): void => {
  const pending = MIGRATIONS.slice(Number(db.pragma('user_version', { simple: true })))
  if (pending.length === 0) return

  db.transaction(() => {
    for (const statements of pending) db.exec(statements)
    db.pragma(`user_version = ${MIGRATIONS.length}`)
  }).immediate()
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error))
