import {
  accessSync,
  constants,
  mkdirSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { join, sep } from 'node:path'
import type { Database } from './database.ts'
import { lockFile } from './lock.ts'
import { emptyImage } from './memory.ts'
import { type Durability, openInFolder } from './open.ts'
import type { Schema } from './schema.ts'
import { wrapError } from './wrap-error.ts'

/**
 * Creates a folder if there is none, and locks it for this process. Returns its real path and a
 * function that releases the lock. Throws an Error with one line if that fails.
 *
 * From then on nothing may open a database in it but SQLite: when a process closes any descriptor of
 * a file, the kernel drops all locks that the process has on it.
 */
export function lockFolder(path: string): { readonly folder: string; readonly unlock: () => void } {
  const folder = wrapError(`cannot open database ${path}`, () => {
    mkdirSync(path, { recursive: true })
    accessSync(path, constants.W_OK)
    return realpathSync(path)
  })
  return { folder, unlock: lockFile(join(folder, sep)) }
}

/** The databases in a folder, each with a name. */
export interface DatabaseFiles {
  readonly names: () => readonly string[]
  /**
   * Creates a database from an image, or an empty one, and replaces one of this name. It is fast, but
   * what a killed process leaves may be incomplete.
   */
  readonly create: (name: string, image?: Buffer) => Database
  /**
   * Creates it, empty, if there is none. Throws an Error with one line for a file that cannot be
   * used, and leaves it as it is.
   */
  readonly open: (name: string) => Database
  /** Call this after its database is closed. */
  readonly remove: (name: string) => void
  /** Keeps a text beside a database until it is removed, or until the next process. */
  readonly putNote: (name: string, text: string) => void
  readonly note: (name: string) => string
  readonly removeNote: (name: string) => void
  readonly removeNotes: () => void
}

/** A database goes last, since a log without its database would belong to the next one. */
const SUFFIXES = ['-wal', '-shm', '-journal', '']

const EXTENSION = '.sqlite'
const NOTE = '.note'

export function databaseFiles(folder: string, schema: Schema, durability: Durability): DatabaseFiles {
  wrapError(`cannot open database ${folder}`, () => mkdirSync(folder, { recursive: true }))
  /** Checked before, or written by this process. */
  const known = new Set<string>()
  const fileOf = (name: string): string => join(folder, fileName(name))

  const open = (name: string): Database => {
    const db = openInFolder(fileOf(name), schema, durability, known.has(name))
    known.add(name)
    return db
  }
  const remove = (name: string): void => {
    known.delete(name)
    for (const suffix of [NOTE, ...SUFFIXES]) rmSync(fileOf(name) + suffix, { force: true })
  }
  return {
    names: () => readdirSync(folder).flatMap(file => (file.endsWith(EXTENSION) ? [nameOfFile(file)] : [])),
    open,
    remove,
    putNote: (name, text) => writeFileSync(fileOf(name) + NOTE, text),
    note: name => readFileSync(fileOf(name) + NOTE, 'utf8'),
    removeNote: name => rmSync(fileOf(name) + NOTE, { force: true }),
    removeNotes: () => {
      for (const file of readdirSync(folder)) if (file.endsWith(EXTENSION + NOTE)) rmSync(join(folder, file))
    },
    create: (name, image = emptyImage(schema)) => {
      remove(name)
      try {
        writeFileSync(fileOf(name), withWal(image))
        known.add(name)
        return open(name)
      } catch (error) {
        remove(name)
        throw error
      }
    },
  }
}

/** Some file systems do not tell `A` from `a`, so a plus stands before each capital letter. */
function fileName(name: string): string {
  return name.replaceAll(/[A-Z]/g, letter => `+${letter.toLowerCase()}`) + EXTENSION
}

function nameOfFile(file: string): string {
  return file.slice(0, -EXTENSION.length).replaceAll(/\+(.)/g, (_match, letter: string) => letter.toUpperCase())
}

/**
 * Sets the two header bytes that select write-ahead logging (SQLite file format). Otherwise the first
 * connection has to, and waits for the disk.
 */
function withWal(image: Buffer): Buffer {
  return Buffer.from(image).fill(2, 18, 20)
}
