import type { Database } from '../store/database.ts'
import { draftInMemory } from '../store/draft.ts'
import { openImage } from '../store/memory.ts'
import { viewOf } from '../store/view.ts'
import type { Work } from './turns.ts'
import type { WorldData } from './world-data.ts'

/**
 * An image is much faster than rows, but it is copied at once: 160 MiB take from 0.1 to 0.5 s, most
 * of it for the memory that the operating system hands out.
 */
const MAX_IMAGE_BYTES = 8 * 1024 * 1024

const SIZE = 'SELECT page_count * page_size FROM pragma_page_count, pragma_page_size'

/** Copies a database as it is now to a new one in memory. */
export function* copyInMemory(source: Database, data: WorldData): Work<Database> {
  if (isSmall(source)) return openImage(source.image())

  const { db, commit, discard } = draftInMemory(data.schema)
  try {
    yield* copyData(source, db, data)
    commit()
    return db
  } catch (error) {
    discard()
    throw error
  }
}

/** Copies all data of a database as it is now to another one, which is empty. */
export function* copyData(source: Database, target: Database, data: WorldData): Work<void> {
  const view = viewOf(source)
  try {
    yield* data.copy(view, target)
  } finally {
    view.release()
  }
}

/** Whether the image of a database is the best copy of it. */
export function isSmall(db: Database): boolean {
  return (db.value<number>(SIZE) ?? 0) <= MAX_IMAGE_BYTES
}
