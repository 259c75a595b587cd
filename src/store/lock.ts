import Database from 'better-sqlite3'
import { orRefuse } from './wrap-error.ts'

/** How long a server that is just stopping may take to release its lock. */
const LOCK_WAIT_MS = 1_000

/**
 * Locks a database file for this process and returns a function that releases it. Throws an Error
 * with one clear line when another process has it.
 *
 * The lock is an open transaction on an empty SQLite file beside the database. SQLite takes it with
 * fcntl, on Linux and on macOS, so the kernel releases it with the process, however that ends. The
 * side file stays: if it were removed, one process could wait for the old file while another makes
 * a new one. `locking_mode = EXCLUSIVE` on the database would need no side file, but two processes
 * that start at once could each keep the other out, and no shell could look at the data.
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
