import type { Database, Reader } from './database.ts'
import { openImage } from './memory.ts'

/** The data of a database as it is now. Later writes do not change it. */
export interface View extends Reader {
  /** Call this when you have read everything. Calling it again has no effect. */
  readonly release: () => void
}

/** Copies the data only if somebody writes before the view is released. */
export function viewOf(db: Database): View {
  let copy: Database | undefined
  const forget = db.beforeNextWrite(() => {
    copy = openImage(db.image())
  })
  return {
    get: (...query) => (copy ?? db).get(...query),
    all: (...query) => (copy ?? db).all(...query),
    value: (...query) => (copy ?? db).value(...query),
    release: () => {
      forget()
      copy?.close()
    },
  }
}
