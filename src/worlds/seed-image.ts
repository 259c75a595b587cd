import type { NamedState } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { openImage, openInMemory } from '../store/memory.ts'
import type { InitialDatabase, InitialState } from './initial-state.ts'
import { constantRecordsOf } from './state-format.ts'
import type { WorldData } from './world-data.ts'

/**
 * Returns a function that provides the initial database of a world. It replaces a database in
 * memory, which is faster than clearing it.
 */
export function createInitialDatabaseFactory(seeds: readonly NamedState[], data: WorldData) {
  const openSeeded = createSeedImageCache(seeds, data)

  return ({ states }: InitialState, now: Timestamp, current?: Database): InitialDatabase => {
    if (current && !current.isInMemory) return { db: current, isSeeded: false }

    const seeded = states === seeds ? openSeeded(now) : undefined
    return { db: seeded ?? openInMemory(data.schema), isSeeded: seeded !== undefined }
  }
}

/**
 * Seeds that state all ids, secrets and dates produce the same data at any time, so all worlds can
 * start from one image. Seeds may change while the server runs, so each call compares their text.
 */
function createSeedImageCache(seeds: readonly NamedState[], data: WorldData) {
  let cached: { readonly text: string; readonly at: Timestamp; readonly image: Buffer | undefined } | undefined

  /**
   * Opens a database in memory with the seeds; returns undefined if their data depends on time or
   * randomness. Throws for an invalid seed.
   */
  return (now: Timestamp): Database | undefined => {
    const text = JSON.stringify(seeds)
    if (cached?.text !== text || cached.at > now) cached = { text, at: now, image: imageOf(seeds, now, data) }
    return cached.image && openImage(cached.image)
  }
}

function imageOf(seeds: readonly NamedState[], now: Timestamp, data: WorldData): Buffer | undefined {
  const records = constantRecordsOf(data, seeds, now)
  if (!records) return undefined

  const db = openInMemory(data.schema)
  db.transaction(() => data.write(db, records))
  const image = db.image()
  db.close()
  return image
}
