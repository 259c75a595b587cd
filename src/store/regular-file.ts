import { lstatSync, realpathSync, type Stats, statSync } from 'node:fs'
import { resolve } from 'node:path'
import { wrapError } from './wrap-error.ts'

/**
 * Returns the real path of a database file, which need not exist yet. Throws an Error with one line
 * for anything but a regular file with one name. The lock and the write-ahead log have names that
 * start with that of the file, so two servers with two names for one file would not see each other.
 */
export function resolveRegularFile(path: string): string {
  return wrapError(`cannot open database ${path}`, () => {
    if (!lstatSync(path, { throwIfNoEntry: false })) return resolve(path)

    const problem = problemWith(statSync(path, { throwIfNoEntry: false }))
    if (problem) throw new Error(`it is ${problem}; mockflared needs a regular file with one name`)
    return realpathSync(path)
  })
}

function problemWith(stats: Stats | undefined): string | undefined {
  if (!stats) return 'a symbolic link to a file that does not exist'
  if (!stats.isFile()) return kindOf(stats)
  return stats.nlink > 1 ? `one of ${stats.nlink} hard links to a file` : undefined
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return 'a directory'
  if (stats.isCharacterDevice()) return 'a character device'
  if (stats.isBlockDevice()) return 'a block device'
  return stats.isFIFO() ? 'a FIFO' : 'a socket'
}
