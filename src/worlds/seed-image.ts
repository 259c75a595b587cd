import type { NamedState } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { openImage, openInMemory } from '../store/memory.ts'
import type { InitialDatabase, Start } from './start.ts'
import { timelessRecordsOf } from './state-format.ts'
import type { WorldData } from './world-data.ts'

/**
 * Returns a function that gives the initial database of a world. A database in memory is replaced:
 * to empty it would cost more.
 */
export function createInitialDatabases(seeds: readonly NamedState[], data: WorldData) {
  const copyOfSeeds = createSeedCopier(seeds, data)

  return ({ states }: Start, now: Timestamp, current?: Database): InitialDatabase => {
    if (current && !current.isInMemory) return { db: current, isSeeded: false }

    const seeded = states === seeds ? copyOfSeeds(now) : undefined
    return { db: seeded ?? openInMemory(data.schema), isSeeded: seeded !== undefined }
  }
}

/**
 * Seeds that state all ids, secrets and dates give the same data at any time. Their image is made
 * once and copied for each world. A seed may change under a running server, so each call compares
 * it with the one in the image.
 */
function createSeedCopier(seeds: readonly NamedState[], data: WorldData) {
  let made: { readonly text: string; readonly at: Timestamp; readonly image: Buffer | undefined } | undefined

  /**
   * A database in memory with the seeds; undefined if their data depends on time or chance. Throws
   * for a broken seed.
   */
  return (now: Timestamp): Database | undefined => {
    const text = JSON.stringify(seeds)
    if (made?.text !== text || made.at > now) made = { text, at: now, image: imageOf(seeds, now, data) }
    return made.image && openImage(made.image)
  }
}

function imageOf(seeds: readonly NamedState[], now: Timestamp, data: WorldData): Buffer | undefined {
  const records = timelessRecordsOf(data, seeds, now)
  if (!records) return undefined

  const db = openInMemory(data.schema)
  db.transaction(() => data.write(db, records))
  const image = db.image()
  db.close()
  return image
}
