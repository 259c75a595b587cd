import { existsSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { additionVersionsOf, isCurrent, versionOf } from './integrity.ts'
import type { Addition, Schema } from './schema.ts'
import { wrapError } from './wrap-error.ts'

/**
 * Migrates a database to the newest schema in one transaction, after a backup if it has data.
 * Throws an Error with one line on failure and leaves the data unchanged.
 */
export function migrate(db: Database, file: string, schema: Schema): void {
  if (isCurrent(db, schema)) return

  const version = versionOf(db)
  if (version > 0) backUp(db, file, version)
  const newest = schema.migrations.length
  const failure = `cannot bring database ${file} from schema version ${version} to ${newest}, so it was left as it is`
  wrapError(failure, () => run(db, schema, version))
}

/**
 * Foreign keys are off during the migration, because SQLite rebuilds a table by dropping it. It
 * checks them at the end.
 */
function run(db: Database, { migrations, additions }: Schema, version: number): void {
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    for (const statements of migrations.slice(version)) db.exec(statements)
    for (const addition of additions) runAddition(db, addition)
    if (db.prepare('PRAGMA foreign_key_check').get()) throw new Error('a reference would point nowhere')
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
  db.pragma('foreign_keys = ON')
}

function runAddition(db: Database, { name, migrations }: Addition): void {
  const version = additionVersionsOf(db).get(name) ?? 0
  for (const statements of migrations.slice(version)) db.exec(statements)
  db.exec(CREATE_VERSIONS)
  db.prepare('INSERT OR REPLACE INTO resource_versions (resource, version) VALUES (?, ?)').run(name, migrations.length)
}

const CREATE_VERSIONS = `
  CREATE TABLE IF NOT EXISTS resource_versions (
    resource TEXT PRIMARY KEY,
    version INTEGER NOT NULL
  ) STRICT, WITHOUT ROWID`

/** SQLite writes the copy, so it includes the write-ahead log. */
function backUp(db: Database, file: string, version: number): void {
  const backup = unusedFileName(`${file}.v${version}.backup`)
  try {
    wrapError(`cannot back up database ${file} to ${backup}`, () => db.prepare('VACUUM INTO ?').run(backup))
  } catch (error) {
    if (existsSync(backup)) rmSync(backup)
    throw error
  }
}

/** A backup never replaces an older one. */
function unusedFileName(name: string, nth = 1): string {
  const candidate = nth === 1 ? name : `${name}.${nth}`
  return existsSync(candidate) ? unusedFileName(name, nth + 1) : candidate
}
