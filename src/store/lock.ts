import Database from 'better-sqlite3'
import { orRefuse } from './wrap-error.ts'

/** How long a server that is just leaving may take to let go, in milliseconds. */
const LOCK_WAIT_MS = 1_000

/**
 * Keeps a database file for this process; the answer lets go of it. Throws an Error with one clear line when another has it.
 *
 * The lock is a transaction that is held open on an empty SQLite file beside the database. SQLite takes it with fcntl, on Linux
 * and on macOS, so the kernel drops it with the process that had it, however that ended. The side file itself stays: to remove
 * it would let two in, one that waits for the old file and one that makes a new one. `locking_mode = EXCLUSIVE` on the database
 * would need no side file, but there two that start at once can each keep the other out, and no shell can look at the data.
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`
  const lock = orRefuse(`cannot open database ${file}`, () => new Database(path, { timeout: LOCK_WAIT_MS }))
  try {
    lock.pragma('journal_mode = MEMORY')
    lock.exec('BEGIN EXCLUSIVE')
  } catch (error) {
    lock.close()
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Error(`database ${file} is in use by another mockflared`)
    }
    throw new Error(`cannot lock database ${file} with ${path}: ${error instanceof Error ? error.message : error}`)
  }
  return () => {
    lock.close()
  }
}
