import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from './database.ts'

/** Whether the data stays after the process ends. */
export function isPersistent({ isInMemory, isReadOnly }: Database): boolean {
  return !isInMemory && !isReadOnly
}

/**
 * Reads when the server last responded. A killed server cannot store when it ended, so this time
 * replaces that.
 */
export function lastHeartbeat(db: Database): Timestamp | undefined {
  return db.value<Timestamp>('SELECT alive_at FROM lifetime')
}

/**
 * Returns a function that stores the time, at most once a second on the clock of the world so that
 * reads stay cheap.
 */
export function createHeartbeat(db: Database): (now: Timestamp) => void {
  let lastSecond = ''

  return now => {
    if (!isPersistent(db)) return
    const second = now.slice(0, 'YYYY-MM-DDTHH:MM:SS'.length)
    if (second === lastSecond) return

    db.transaction(() => {
      db.run('DELETE FROM lifetime')
      db.run('INSERT INTO lifetime (alive_at) VALUES (?)', now)
    })
    lastSecond = second
  }
}
