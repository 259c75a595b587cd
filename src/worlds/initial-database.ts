import { createHash } from 'node:crypto'
import type { NamedState } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { draftInFile, draftInMemory } from '../store/draft.ts'
import { copyData, isSmall } from './copy.ts'
import type { InitialDatabase, InitialState } from './initial-state.ts'
import type { Origin } from './life.ts'
import type { WorldStorage } from './storage.ts'
import type { Work } from './turns.ts'
import type { WorldData } from './world-data.ts'

/** The world that needs a database, and what it replaces. */
interface Place {
  readonly id: string
  readonly origin: Origin
  readonly current?: Database | undefined
}

/**
 * Provides the initial databases of worlds. In memory they replace the database before, which is
 * faster than clearing it.
 */
export function createInitialDatabases(
  seeds: readonly NamedState[],
  data: WorldData,
  { create }: Pick<WorldStorage, 'create'>,
) {
  const cache = createSeedCache(seeds, data)

  return {
    open: function* (initial: InitialState, now: Timestamp, { id, origin, current }: Place): Work<InitialDatabase> {
      if (current && !current.isInMemory) return { draft: draftInFile(current), isLoaded: false }

      const source = initial.states === seeds ? yield* cache.find(now) : initial.source
      if (!source) return { draft: create(id, origin), isLoaded: false }
      if (isSmall(source)) return { draft: create(id, origin, source.image()), isLoaded: true }

      const draft = create(id, origin)
      try {
        yield* copyData(source, draft.db, data)
        return { draft, isLoaded: true }
      } catch (error) {
        draft.discard()
        throw error
      }
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
