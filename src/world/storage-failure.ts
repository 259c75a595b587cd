/**
 * SQLite's primary codes for a disk or a file that fails; all others mean that a statement is
 * wrong.
 */
const CODES = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|CORRUPT|NOTADB)(_|$)/

/**
 * Whether a read or a write failed for a reason outside of mockflared: a full disk, a file that
 * cannot be written, a file that another process holds. It looks at the code, so that callers need
 * not know SQLite.
 */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CODES.test(String(error.code))
}

/** Runs work that can wait when the storage fails. */
export function ignoreStorageFailure(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isStorageFailure(error)) throw error
  }
}
