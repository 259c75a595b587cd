/** Where the worlds of each worker thread are, in the folder of `--db DIR/`. */
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { isFolder } from './database-path.ts'

/** The main world, and with it a database file, belongs to the first group. */
export function databaseOfGroup(db: string, group: number): string {
  if (group === 0) return db
  return isFolder(db) ? `${folderOf(db, group)}/` : ':memory:'
}

function folderOf(db: string, group: number): string {
  return join(db, `group-${group}`)
}

/** Throws an Error if an earlier server with more worker threads left worlds that this one cannot see. */
export function requireAllGroups(db: string, groups: number): void {
  if (!isFolder(db) || !existsSync(db)) return
  const names = readdirSync(db)
  const hidden = names
    .map(name => Number(/^group-([1-9]\d*)$/.exec(name)?.[1] ?? 0))
    .filter(group => group >= groups && hasWorlds(folderOf(db, group)))
  if (hidden.length === 0) return
  const last = Math.max(...hidden)
  throw new Error(`--db: ${folderOf(db, last)} has worlds; use --workers ${last + 1} or more, or move it away`)
}

function hasWorlds(folder: string): boolean {
  const worlds = join(folder, 'worlds')
  return existsSync(worlds) && readdirSync(worlds).some(name => name.endsWith('.sqlite'))
}
