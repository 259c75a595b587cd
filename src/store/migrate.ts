import { existsSync, rmSync } from 'node:fs'
import type { Database } from 'better-sqlite3'
import { versionOf } from './integrity.ts'
import { orRefuse } from './wrap-error.ts'

/**
 * Brings a database to the newest schema, whole or not at all. If it holds data, it is first copied to a file beside it. Throws an
 * Error with one clear line when that fails; the data is then unchanged.
 */
export function migrate(db: Database, file: string, migrations: readonly string[]): void {
  const version = versionOf(db)
  if (version === migrations.length) return

  if (version > 0) backUp(db, file, version)
  const what = `cannot bring database ${file} from schema version ${version} to ${migrations.length}, so it was left as it is`
  orRefuse(what, () => run(db, migrations, version))
}

/** Foreign keys are off meanwhile, since SQLite rebuilds a table by dropping it. They are checked before the end. */
function run(db: Database, migrations: readonly string[], version: number): void {
  db.pragma('foreign_keys = OFF')
  db.transaction(() => {
    for (const statements of migrations.slice(version)) db.exec(statements)
    if (db.prepare('PRAGMA foreign_key_check').get()) throw new Error('a reference would point nowhere')
    db.pragma(`user_version = ${migrations.length}`)
  }).immediate()
  db.pragma('foreign_keys = ON')
}

/** SQLite writes the copy itself, so it includes the write-ahead log. */
function backUp(db: Database, file: string, version: number): void {
  const backup = freeName(`${file}.v${version}.backup`)
  try {
    orRefuse(`cannot back up database ${file} to ${backup}`, () => db.prepare('VACUUM INTO ?').run(backup))
  } catch (error) {
    if (existsSync(backup)) rmSync(backup)
    throw error
  }
}

/** A backup never replaces an older one. */
function freeName(name: string, nth = 1): string {
  const candidate = nth === 1 ? name : `${name}.${nth}`
  return existsSync(candidate) ? freeName(name, nth + 1) : candidate
}
