import type { WorldRecords } from '../../schemas/records.ts'
import type { Database } from '../store/database.ts'
import type { Schema } from '../store/schema.ts'

/** The data of a world as a whole. The tables belong to the resources, so `worlds` gets these functions handed in. */
export interface WorldData {
  readonly schema: Schema
  /** True until something is written. */
  readonly isEmpty: (db: Database) => boolean
  readonly read: (db: Database) => WorldRecords
  /** Adds to the data that is there. */
  readonly write: (db: Database, records: WorldRecords) => void
  readonly clear: (db: Database) => void
}
