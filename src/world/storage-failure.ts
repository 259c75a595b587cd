/** SQLite's error codes for a failing disk or file. All other codes mean a wrong statement. */
const CODES = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|CORRUPT|NOTADB)(_|$)/

/**
 * Whether storage failed for a reason outside of mockflared: a full disk, a read-only file, a file
 * locked by another process. Callers need not know SQLite.
 */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CODES.test(String(error.code))
}

/** Runs work that may fail because of the storage: a later call can do it. */
export function ignoreStorageFailure(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isStorageFailure(error)) throw error
  }
}
