import type { Database } from './database.ts'
import { openInMemory } from './memory.ts'
import type { Schema } from './schema.ts'

/** New data for a database. Nobody sees it before `commit`. */
export interface Draft {
  /** Write here. */
  readonly db: Database
  /** The database that has the data after `commit`. */
  readonly target: Database
  /** Whether `target` still has its old data, which must be deleted from `db`. */
  readonly hasOldData: boolean
  /** Throws if the storage fails; then discard the draft. */
  readonly commit: () => void
  readonly discard: () => void
}

/** A new database in memory. */
export function draftInMemory(schema: Schema): Draft {
  const db = openInMemory(schema)
  db.run('BEGIN')
  return { db, target: db, hasOldData: false, commit: () => void db.run('COMMIT'), discard: db.close }
}

/** A database in memory that is complete. */
export function completeDraft(db: Database): Draft {
  return { db, target: db, hasOldData: false, commit: () => {}, discard: db.close }
}

/**
 * One transaction on a second connection to the same file. Readers see the old data until it ends.
 * Writers fail at once: they would wait for a transaction that cannot go on while they wait.
 */
export function draftInFile(target: Database): Draft {
  const db = target.connectAgain()
  const waitForLocks = target.failOnLocks()
  const end = (): void => {
    waitForLocks()
    db.close()
  }
  try {
    db.run('BEGIN IMMEDIATE')
  } catch (error) {
    end()
    throw error
  }
  return {
    db,
    target,
    hasOldData: true,
    commit: () => {
      target.announceWrite()
      db.run('COMMIT')
      end()
    },
    discard: end,
  }
}

/** SQLite's default: how many pages the log has before a write merges it into the file. */
const PAGES_IN_LOG = 1_000

/** A new file. `commit` and `discard`: what comes after the database itself. */
export function draftInNewFile(db: Database, { commit, discard }: Pick<Draft, 'commit' | 'discard'>): Draft {
  // Merging the log into the file takes as long as the commit, so the next write does it.
  db.all('PRAGMA wal_autocheckpoint = 0')
  db.run('BEGIN')
  return {
    db,
    target: db,
    hasOldData: false,
    commit: () => {
      db.run('COMMIT')
      db.all(`PRAGMA wal_autocheckpoint = ${PAGES_IN_LOG}`)
      commit()
    },
    discard: () => {
      db.close()
      discard()
    },
  }
}
