import { createHash } from 'node:crypto'
import type { NamedState } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { completeDraft, draftInFile, draftInMemory } from '../store/draft.ts'
import { copyInMemory } from './copy.ts'
import type { InitialDatabase, InitialState } from './initial-state.ts'
import type { Work } from './turns.ts'
import type { WorldData } from './world-data.ts'

/**
 * Provides the initial databases of worlds. They replace databases in memory, which is faster than
 * clearing those.
 */
export function createInitialDatabases(seeds: readonly NamedState[], data: WorldData) {
  const cache = createSeedCache(seeds, data)

  return {
    open: function* (initial: InitialState, now: Timestamp, current?: Database): Work<InitialDatabase> {
      if (current && !current.isInMemory) return { draft: draftInFile(current), isLoaded: false }

      const source = initial.states === seeds ? yield* cache.find(now) : initial.source
      return source
        ? { draft: completeDraft(yield* copyInMemory(source, data)), isLoaded: true }
        : { draft: draftInMemory(data.schema), isLoaded: false }
    },
    close: cache.clear,
  }
}

interface Cached {
  readonly fingerprint: string
  readonly at: Timestamp
  readonly db: Database | undefined
}

/**
 * Seeds that state all ids, secrets and dates produce the same data at any time, so all worlds can
 * start from copies of one database. Seeds may change while the server runs, so each call compares
 * their text.
 */
function createSeedCache(seeds: readonly NamedState[], data: WorldData) {
  let cached: Cached | undefined
  const clear = (): void => {
    cached?.db?.close()
    cached = undefined
  }

  return {
    /**
     * Returns a database with the seeds; undefined if their data depends on time or randomness.
     * Throws for an invalid seed.
     */
    find: function* (now: Timestamp): Work<Database | undefined> {
      const fingerprint = yield* fingerprintOf(seeds)
      if (cached?.fingerprint === fingerprint && cached.at <= now) return cached.db

      const db = yield* constantDatabaseOf(seeds, now, data)
      clear()
      cached = { fingerprint, at: now, db }
      return db
    },
    clear,
  }
}

/** A hash of each piece costs as much as its text, so a piece has several items. */
const ITEMS_PER_PIECE = 10

function* fingerprintOf(seeds: readonly NamedState[]): Work<string> {
  const hash = createHash('sha256')
  for (const { name, state } of seeds) {
    for (const [key, section] of Object.entries(state)) {
      const items = Array.isArray(section) ? section : [section]
      hash.update(JSON.stringify([name, key, items.length]))
      for (let start = 0; start < items.length; start += ITEMS_PER_PIECE) {
        hash.update(JSON.stringify(items.slice(start, start + ITEMS_PER_PIECE)))
        yield
      }
    }
  }
  return hash.digest('base64')
}

function* constantDatabaseOf(
  seeds: readonly NamedState[],
  now: Timestamp,
  data: WorldData,
): Work<Database | undefined> {
  if (!(yield* data.isConstant(seeds, now))) return undefined

  const { db, commit, discard } = draftInMemory(data.schema)
  try {
    yield* data.load(db, seeds, { uuid: () => '', secret: () => '', now })
    commit()
    return db
  } catch (error) {
    discard()
    throw error
  }
}
