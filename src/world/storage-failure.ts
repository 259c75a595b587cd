/** SQLite's primary codes for a disk or a file that will not do; all others say that a statement will not. */
const CODES = /^SQLITE_(FULL|READONLY|IOERR|CANTOPEN|BUSY|LOCKED|PROTOCOL|CORRUPT|NOTADB)(_|$)/

/**
 * Whether a write or a read failed for a reason outside of mockflared: a full disk, a file that cannot be written, one that
 * somebody else holds. By its code, so that whoever asks need not know SQLite.
 */
export function isStorageFailure(error: unknown): boolean {
  return error instanceof Error && 'code' in error && CODES.test(String(error.code))
}

/** Does what may be left undone while the storage does not let it. */
export function ifStorageLets(work: () => void): void {
  try {
    work()
  } catch (error) {
    if (!isStorageFailure(error)) throw error
  }
}
