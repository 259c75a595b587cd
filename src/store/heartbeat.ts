import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from './database.ts'
import { statement, valueStatement } from './statement.ts'
import { transactionOf } from './transaction.ts'

/** When somebody last asked the server for something. A server that is killed cannot write down when; this is what it leaves. */
export function lifetimeStore(db: Database) {
  const lasts = !db.memory && !db.readonly
  const get = valueStatement<[], Timestamp>(db, 'SELECT alive_at FROM lifetime')
  const forget = statement(db, 'DELETE FROM lifetime')
  const insert = statement<[Timestamp]>(db, 'INSERT INTO lifetime (alive_at) VALUES (?)')
  const write = transactionOf(db, (now: Timestamp) => {
    forget.run()
    insert.run(now)
  })
  let noted = ''

  return {
    /** Whether there is a time after this process. */
    lasts,

    aliveAt: (): Timestamp | undefined => get.get(),

    /** Writes at most once in a second of the world's clock, so that reading stays cheap. */
    note: (now: Timestamp): void => {
      if (!lasts) return
      const second = now.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
      if (second === noted) return

      write(now)
      noted = second
    },
  }
}
