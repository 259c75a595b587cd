import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { completeDraft, type Draft, draftInMemory } from '../store/draft.ts'
import { openImage } from '../store/memory.ts'
import type { Schema } from '../store/schema.ts'
import type { Origin } from './life.ts'

/** A world of an earlier server. */
export interface StoredWorld extends Origin {
  readonly id: string
  /** In real time. */
  readonly last_used_at: Timestamp
  /** What `putFacts` kept. */
  readonly facts: string | null
}

/** Where the databases of worlds are. */
export interface WorldStorage {
  readonly main: Database
  /** The other worlds of an earlier server, oldest first. */
  readonly stored: () => readonly StoredWorld[]
  /**
   * A database for a new world, with the data of an image, or empty. The world is stored when the
   * draft is committed.
   */
  readonly create: (id: string, origin: Origin, image?: Buffer) => Draft
  /** Opens the database of a stored world. Throws if the storage fails. */
  readonly open: (id: string) => Database
  /** Keeps a text for this process about a world that is not open. Throws if the storage fails. */
  readonly putNote: (id: string, text: string) => void
  readonly note: (id: string) => string
  readonly removeNote: (id: string) => void
  /** Keeps a text about a world for the next process; null while that may change. */
  readonly putFacts: (id: string, facts: string | null) => void
  readonly markUsed: (id: string, at: Timestamp) => void
  /** `close`: closes its database. Throws if the storage fails, and changes nothing. */
  readonly remove: (id: string, close: () => void) => void
  /** Call this after all databases are closed, that of the main world too. */
  readonly close: () => void
}

/** Only the main world may be in a file. */
export function storageInMemory(main: Database, schema: Schema): WorldStorage {
  const neverClosed = (): never => {
    throw new Error('a world in memory stays open')
  }
  return {
    main,
    stored: () => [],
    create: (_id, _origin, image) => (image ? completeDraft(openImage(image)) : draftInMemory(schema)),
    open: neverClosed,
    putNote: neverClosed,
    note: neverClosed,
    removeNote: neverClosed,
    putFacts: () => {},
    markUsed: () => {},
    remove: (_id, close) => close(),
    close: () => {},
  }
}
