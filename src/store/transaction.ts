import type { Transaction } from 'better-sqlite3'
import type { Database } from './database.ts'

/** Runs `work` whole or not at all, and takes the lock for writing first. What it takes is made ready when it is first needed: nine statements. */
export function transactionOf<Parameters extends unknown[], Result>(
  db: Database,
  work: (...parameters: Parameters) => Result,
): (...parameters: Parameters) => Result {
  let made: Transaction<typeof work> | undefined
  return (...parameters) => {
    made ??= db.transaction(work)
    return made.immediate(...parameters)
  }
}
