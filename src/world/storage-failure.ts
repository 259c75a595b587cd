/** SQLite's error codes for a failing disk or file. All other codes mean a wrong statement. */
const SQLITE_CODES = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|CORRUPT|NOTADB)(_|$)/

/** Those of Node, where SQLite does not write a file itself. */
const NODE_CODES = /^(ENOSPC|EDQUOT|EFBIG|EIO|EROFS|EACCES|EPERM|EMFILE|ENFILE)$/

/**
 * Whether storage failed for a reason outside of mockflared: a full disk, a read-only file, a file
 * locked by another process. Callers need not know SQLite.
 */
export function isStorageFailure(error: unknown): boolean {
  if (!(error instanceof Error && 'code' in error)) return false
  return [SQLITE_CODES, NODE_CODES].some(codes => codes.test(String(error.code)))
}

/** Runs work that may fail because of the storage: a later call can do it. */
export function ignoreStorageFailure(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isStorageFailure(error)) throw error
  }
}
