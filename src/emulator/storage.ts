import { dirname, resolve } from 'node:path'
import type { Options } from '../../schemas/options.ts'
import { timestampOf } from '../../schemas/time.ts'
import { isFolder } from '../config/database-path.ts'
import { networkFileSystem } from '../store/network-file-system.ts'
import { openDatabase } from '../store/open.ts'
import type { Schema } from '../store/schema.ts'
import { storageInFolder } from '../worlds/folder-storage.ts'
import { storageInMemory, type WorldStorage } from '../worlds/storage.ts'

/** Throws an Error with one line for a database that cannot be used. */
export function openStorage(
  { db, world_idle_ms }: Options,
  schema: Schema,
  warn: (line: string) => void,
): WorldStorage {
  const storage = isFolder(db)
    ? storageInFolder(db, schema, timestampOf((Date.now() - world_idle_ms) * 1_000))
    : storageInMemory(openDatabase(db, schema), schema)
  if (!storage.main.isInMemory) warnAboutNetwork(db, isFolder(db) ? resolve(db) : dirname(resolve(db)), warn)
  return storage
}

/** `typeOf`: the type of the file system of a path, as statfs(2) reports it. */
export function warnAboutNetwork(
  db: string,
  folder: string,
  warn: (line: string) => void,
  typeOf?: (path: string) => number,
): void {
  const kind = networkFileSystem(folder, typeOf)
  if (kind === undefined) return
  warn(`database ${db} is on ${kind}, where SQLite can lose data and two servers can use it at once: use a local disk`)
}
