import type { Options } from '../../schemas/options.ts'
import { timestampOf } from '../../schemas/time.ts'
import { isFolder } from '../config/database-path.ts'
import { openDatabase } from '../store/open.ts'
import type { Schema } from '../store/schema.ts'
import { storageInFolder } from '../worlds/folder-storage.ts'
import { storageInMemory, type WorldStorage } from '../worlds/storage.ts'

/** Throws an Error with one line for a database that cannot be used. */
export function openStorage({ db, world_idle_ms }: Options, schema: Schema): WorldStorage {
  return isFolder(db)
    ? storageInFolder(db, schema, timestampOf((Date.now() - world_idle_ms) * 1_000))
    : storageInMemory(openDatabase(db, schema), schema)
}
