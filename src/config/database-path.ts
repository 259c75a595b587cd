import { statSync } from 'node:fs'

/** Whether a `db` is a folder, in which each world has a file: its path ends with a slash, or it exists. */
export function isFolder(db: string): boolean {
  return /[\\/]$/.test(db) || (statSync(db, { throwIfNoEntry: false })?.isDirectory() ?? false)
}
