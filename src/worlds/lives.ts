import { steadyMillis } from '../world/steady-time.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import { type Life, lifeOf, type Origin, realTime, steadyTimeOf } from './life.ts'
import type { StoredWorld, WorldStorage } from './storage.ts'
import { throwWorldsError } from './worlds-error.ts'

/** Our choice: after a kill, the time of the last use is wrong by at most this part of the idle time. */
const SAVED_PER_IDLE_TIME = 60

/** Our choice: removing a world from a disk takes a millisecond, and many may be idle at once. */
const MAX_DROPPED_AT_ONCE = 20

interface Known {
  readonly origin: Origin
  /** Whether it stays however long nobody uses it. */
  readonly stays: boolean
  /** When its last use was stored, in milliseconds of `steadyMillis`. */
  saved: number
}

/** The worlds of a server, whether their databases are open or not, and when each was used. */
export function createLives(world_idle_ms: number, storage: Pick<WorldStorage, 'markUsed'>) {
  /** Oldest world first. */
  const known = new Map<string, Known>()
  /** In milliseconds of `steadyMillis`, the least recent use first. */
  const uses = new Map<string, number>()

  const save = (id: string, used: number): void =>
    ignoreStorageFailure(() => {
      storage.markUsed(id, realTime(used))
      const life = known.get(id)
      if (life) life.saved = used
    })

  const isIdle = (id: string): boolean =>
    known.get(id)?.stays === false && (uses.get(id) ?? 0) < steadyMillis() - world_idle_ms

  return {
    has: (id: string): boolean => known.has(id),

    /** Whether nobody used it for too long. */
    isIdle,

    /** Worlds that nobody used for too long, the longest first. More may follow when they are gone. */
    idle: (): readonly string[] => {
      const found: string[] = []
      for (const id of uses.keys()) {
        if (found.length === MAX_DROPPED_AT_ONCE) break
        if (isIdle(id)) found.push(id)
        else if (known.get(id)?.stays === false) break
      }
      return found
    },

    ids: (): readonly string[] => [...known.keys()].filter(id => !isIdle(id)),

    add: (id: string, origin: Origin, stays = false): void => {
      const now = steadyMillis()
      known.set(id, { origin, stays, saved: now })
      uses.set(id, now)
    },

    /** Adds the worlds of an earlier server, the oldest first. */
    restore: (stored: readonly StoredWorld[]): void => {
      for (const { id, from, created_at, last_used_at } of stored) {
        known.set(id, { origin: { from, created_at }, stays: false, saved: steadyTimeOf(last_used_at) })
      }
      const byUse = stored.toSorted((a, b) => steadyTimeOf(a.last_used_at) - steadyTimeOf(b.last_used_at))
      for (const { id } of byUse) uses.set(id, known.get(id)?.saved ?? 0)
    },

    markUsed: (id: string): void => {
      const life = known.get(id)
      if (!life) return

      const now = steadyMillis()
      uses.delete(id)
      uses.set(id, now)
      if (now - life.saved >= world_idle_ms / SAVED_PER_IDLE_TIME) save(id, now)
    },

    of: (id: string): Life => {
      const { origin, stays } = known.get(id) ?? throwWorldsError('gone', `there is no world ${id}`)
      return lifeOf(origin, uses.get(id) ?? 0, stays ? undefined : world_idle_ms)
    },

    remove: (id: string): void => {
      known.delete(id)
      uses.delete(id)
    },

    /** Stores when each world was last used, and forgets all of them. */
    close: (): void => {
      for (const [id, used] of uses) if (used !== known.get(id)?.saved) save(id, used)
      uses.clear()
      known.clear()
    },
  }
}
