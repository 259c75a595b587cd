import { join } from 'node:path'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import { draftInNewFile } from '../store/draft.ts'
import { type DatabaseFiles, databaseFiles, lockFolder } from '../store/folder.ts'
import type { Schema } from '../store/schema.ts'
import type { StoredWorld, WorldStorage } from './storage.ts'

/** The list of the worlds. A world is stored when its row is. */
const LIST: Schema = {
  migrations: [
    `
    CREATE TABLE worlds (
      nth INTEGER PRIMARY KEY,
      id TEXT NOT NULL UNIQUE,
      created_from TEXT,
      created_at TEXT NOT NULL,
      last_used_at TEXT NOT NULL,
      facts TEXT
    ) STRICT;
    `,
  ],
  tables: ['worlds'],
  additions: [],
}

const SELECT = 'SELECT id, created_from AS "from", created_at, last_used_at, facts FROM worlds ORDER BY nth'
const INSERT =
  'INSERT INTO worlds (id, created_from, created_at, last_used_at) VALUES (@id, @from, @created_at, @created_at)'
const DELETE = 'DELETE FROM worlds WHERE id = ?'

/**
 * Keeps each world in a file of its own, below a folder that belongs to this process. Removes those
 * that nobody used since a time. Throws an Error with one line if the folder, the list or the main
 * world cannot be used.
 */
export function storageInFolder(path: string, schema: Schema, usedSince: Timestamp): WorldStorage {
  const { folder, unlock } = lockFolder(path)
  const opened: Database[] = []
  try {
    const main = databaseFiles(folder, schema, 'power').open('main')
    opened.push(main)
    const files = databaseFiles(join(folder, 'worlds'), schema, 'process')
    const list = openList(folder, files)
    opened.push(list)
    list.run('DELETE FROM worlds WHERE last_used_at < ?', usedSince)
    removeUnlisted(list, files)
    return {
      main,
      stored: () => list.all<StoredWorld>(SELECT),
      create: (id, origin, image) =>
        draftInNewFile(files.create(id, image), {
          commit: () => void list.run(INSERT, { id, ...origin }),
          discard: () => files.remove(id),
        }),
      open: files.open,
      putNote: files.putNote,
      note: files.note,
      removeNote: files.removeNote,
      putFacts: (id, facts) => void list.run('UPDATE worlds SET facts = ? WHERE id = ?', facts, id),
      markUsed: (id, at) => void list.run('UPDATE worlds SET last_used_at = ? WHERE id = ?', at, id),
      remove: (id, close) => {
        list.run(DELETE, id)
        close()
        files.remove(id)
      },
      close: () => {
        files.removeNotes()
        list.close()
        unlock()
      },
    }
  } catch (error) {
    for (const db of opened) db.close()
    unlock()
    throw error
  }
}

/** Without its list nobody knows which worlds are complete, so nothing must be removed. */
function openList(folder: string, files: DatabaseFiles): Database {
  const lists = databaseFiles(folder, LIST, 'power')
  if (!lists.names().includes('worlds') && files.names().length > 0) {
    const file = join(folder, 'worlds.sqlite')
    throw new Error(`database ${file} is missing: put it back, or remove the worlds in ${join(folder, 'worlds')}`)
  }
  return lists.open('worlds')
}

/** A killed server can leave a file without its row. A person can remove a file. */
function removeUnlisted(list: Database, files: DatabaseFiles): void {
  files.removeNotes()
  const names = new Set(files.names())
  const ids = new Set(list.all<StoredWorld>(SELECT).map(({ id }) => id))
  for (const name of names) if (!ids.has(name)) files.remove(name)
  for (const id of ids) if (!names.has(id)) list.run(DELETE, id)
}
