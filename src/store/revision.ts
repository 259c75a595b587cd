/** Whether anything was written since, and what may be remembered until then. */
import type { Database } from './database.ts'

const revisions = new WeakMap<Database, number>()

/**
 * Another number whenever something may have been written since: whatever writes is `run`. Of a file that is only read it is never
 * the same number, since somebody else may write there.
 */
export const revisionOf = (db: Database): number => (db.readonly ? Number.NaN : (revisions.get(db) ?? 0))

/** To be called with each write, and when one is taken back: somebody may have read it meanwhile. */
export const markAsChanged = (db: Database): void => {
  revisions.set(db, revisionOf(db) + 1)
}

/** What `read` gave last time, as long as it is asked with the same key and nothing was written since. */
export const untilWritten = <Value>(db: Database, read: (key: string) => Value): ((key: string) => Value) => {
  let last: { readonly key: string; readonly revision: number; readonly value: Value } | undefined
  return key => {
    const revision = revisionOf(db)
    if (last?.key !== key || last.revision !== revision) last = { key, revision, value: read(key) }
    return last.value
  }
}
