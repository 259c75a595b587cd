import type { Statement } from 'better-sqlite3'
import type { Database } from './database.ts'
import { changeOf } from './write-counter.ts'

/**
 * A parameter (`@name` or `?`) in a condition or a limit. Where a statement orders its rows or limits them, SQLite compiles it anew
 * whenever one is bound, since its plan might depend on that, and this takes longer than to run it. On a sub-select no plan depends.
 */
export function given(parameter: string): string {
  return `(SELECT ${parameter})`
}

/** A statement that SQLite compiles when it is first needed: there are many, and most worlds are asked for a few. */
export function statement<Parameters extends unknown[] = [], Row = unknown>(db: Database, sql: string) {
  return lazily<Parameters, Row>(db, () => db.prepare<Parameters, Row>(sql))
}

/** The same for a statement of one column, whose rows are values. */
export function valueStatement<Parameters extends unknown[], Value>(db: Database, sql: string) {
  return lazily<Parameters, Value>(db, () => db.prepare<Parameters, Value>(sql).pluck())
}

function lazily<Parameters extends unknown[], Row>(db: Database, compile: () => Statement<Parameters, Row>) {
  const markAsChanged = changeOf(db)
  let compiled: Statement<Parameters, Row> | undefined
  const made = (): Statement<Parameters, Row> => {
    compiled ??= compile()
    return compiled
  }
  return {
    get: (...parameters: Parameters): Row | undefined => made().get(...parameters),
    all: (...parameters: Parameters): Row[] => made().all(...parameters),
    /** How many rows it wrote. */
    run: (...parameters: Parameters): number => {
      markAsChanged()
      return made().run(...parameters).changes
    },
  }
}
