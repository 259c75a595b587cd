/** Whether anything was written since. */
import type { Database } from './database.ts'

const revisions = new WeakMap<Database, number>()

/** Another number whenever something may have been written since, by whatever statement. */
export const revisionOf = (db: Database): number => revisions.get(db) ?? 0

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
