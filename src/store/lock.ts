import Database from 'better-sqlite3'
import { wrapError } from './wrap-error.ts'

/** Time for another server to stop and release its lock. */
const LOCK_WAIT_MS = 1_000

/**
 * Locks a database file for this process and returns a function that releases the lock. Throws an
 * Error with one line if another process has it.
 *
 * The lock is an open transaction on an empty SQLite file next to the database. SQLite uses fcntl
 * on Linux and macOS, so the kernel releases the lock whenever the process ends. The lock file
 * stays: after a removal, one process could wait for the old file while another creates a new one.
 * `locking_mode = EXCLUSIVE` on the database would need no extra file, but two processes that start
 * at once could block each other, and no shell could read the data.
 */
export function lockFile(file: string): () => void {
  const path = `${file}.lock`
  const lock = wrapError(`cannot open database ${file}`, () => new Database(path, { timeout: LOCK_WAIT_MS }))
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
