import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from './database.ts'

/** Whether the data is there after this process. */
export function outlivesProcess({ isInMemory, isReadOnly }: Database): boolean {
  return !isInMemory && !isReadOnly
}

/**
 * When the server last answered a request. A server that is killed cannot write down when it ended,
 * so this stands in for it.
 */
export function lastHeartbeat(db: Database): Timestamp | undefined {
  return db.value<Timestamp>('SELECT alive_at FROM lifetime')
}

/**
 * Returns a function that notes the time, at most once in a second of the world's clock so that
 * reading stays cheap.
 */
export function createHeartbeat(db: Database): (now: Timestamp) => void {
  let noted = ''

  return now => {
    if (!outlivesProcess(db)) return
    const second = now.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
    if (second === noted) return

    db.transaction(() => {
      db.run('DELETE FROM lifetime')
      db.run('INSERT INTO lifetime (alive_at) VALUES (?)', now)
    })
    noted = second
  }
}
