/** Whether anything was written since, and what may be remembered until then. */
import type { Database } from './database.ts'

const counters = new WeakMap<Database, { writes: number }>()

function counterOf(db: Database): { writes: number } {
  const counter = counters.get(db) ?? { writes: 0 }
  counters.set(db, counter)
  return counter
}

/**
 * Tells another number whenever something may have been written since: whatever writes is `run`. Of a file that is only read it is
 * never the same number, since somebody else may write there.
 */
export function revisionOf(db: Database): () => number {
  const counter = counterOf(db)
  return db.readonly ? () => Number.NaN : () => counter.writes
}

/** To be called with each write, and when one is taken back: somebody may have read it meanwhile. */
export function changeOf(db: Database): () => void {
  const counter = counterOf(db)
  return () => {
    counter.writes += 1
  }
}

/** What `read` gave last time, as long as it is asked with the same key and nothing was written since. */
export function untilWritten<Value>(db: Database, read: (key: string) => Value): (key: string) => Value {
  const revision = revisionOf(db)
  let last: { readonly key: string; readonly asOf: number; readonly value: Value } | undefined
  return key => {
    const asOf = revision()
    if (last?.key !== key || last.asOf !== asOf) last = { key, asOf, value: read(key) }
    return last.value
  }
}
