/**
 * Opening a database file: locks, files that are refused, and migrations.
 */
import { spawnSync } from 'node:child_process'
import { once } from 'node:events'
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { dirname, join } from 'node:path'
import { execPath } from 'node:process'
import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished } from 'vitest'
import { MIGRATIONS } from '../../src/resources/migrations.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { openDatabase } from '../../src/store/open.ts'
import { temporary } from '../support/command.ts'

function open(file: string, migrations = MIGRATIONS) {
  const db = openDatabase(file, { ...PRODUCTS.data.schema, migrations })
  onTestFinished(() => db.close())
  return db
}

/** Writes a file with 500 accounts and closes it. */
function fileWithAccounts(migrations?: readonly string[]): string {
  const file = temporary('data.db')
  const db = open(file, migrations)
  db.transaction(() => {
    for (let nth = 0; nth < 500; nth++) {
      db.run('INSERT INTO accounts (id, name) VALUES (?, ?)', `account ${nth}`, 'x'.repeat(100))
    }
  })
  db.close()
  return file
}

function accountsIn(file: string): unknown {
  const db = new Database(file, { readonly: true })
  onTestFinished(() => {
    db.close()
  })
  return db.prepare('SELECT count(*) FROM accounts').pluck().get()
}

function versionOf(file: string): unknown {
  const db = new Database(file, { readonly: true })
  const version = db.pragma('user_version', { simple: true })
  db.close()
  return version
}

describe('a database', () => {
  it.each([
    ['in memory', () => ':memory:'],
    ['in a file', () => temporary('data.db')],
  ])('%s enforces foreign keys, opened for the first time or again', (_case, fileFor) => {
    const file = fileFor()
    for (let times = 0; times < 2; times += 1) {
      const db = openDatabase(file, PRODUCTS.data.schema)
      const insert = `INSERT INTO configurations (account_tag, tunnel_id, version, source, config, created_at, author)
        VALUES ('a', 'b', 1, 'local', '{}', '', '')`
      expect(() => db.run(insert)).toThrow('FOREIGN KEY constraint failed')
      db.close()
    }
  })
})

describe('a database file', () => {
  it('is a single file after closing, with an empty lock file', () => {
    const file = fileWithAccounts()

    expect(readdirSync(dirname(file)).sort()).toEqual(['data.db', 'data.db.lock'])
    expect(statSync(`${file}.lock`).size).toBe(0)
  })

  it('has one user at a time, also through another path', () => {
    const file = fileWithAccounts()
    const link = `${file}.link`
    symlinkSync(file, link)
    const db = open(file)

    expect(() => open(link)).toThrow(`database ${file} is in use by another mockflared`)
    db.close()
    expect(() => open(link)).not.toThrow()
  })

  it('has one user at a time if it was created through a linked folder', () => {
    const file = temporary('data.db')
    const folder = temporary('link')
    symlinkSync(dirname(file), folder)
    open(join(folder, 'data.db'))

    expect(() => open(file)).toThrow(`database ${file} is in use by another mockflared`)
  })

  it('can be read by other programs while it is in use', () => {
    const file = fileWithAccounts()
    const db = open(file)
    db.run('INSERT INTO accounts (id) VALUES (?)', 'late')

    expect(accountsIn(file)).toBe(501)
  })

  it('opens as a copy together with its write-ahead log', () => {
    const file = fileWithAccounts()
    const db = open(file)
    db.run('INSERT INTO accounts (id) VALUES (?)', 'late')
    copyFileSync(file, `${file}.copy`)
    copyFileSync(`${file}-wal`, `${file}.copy-wal`)

    expect(open(`${file}.copy`).value('SELECT count(*) FROM accounts')).toBe(501)
  })
})

const TUNNEL = `INSERT INTO tunnels (account_tag, id, name, config_src, tunnel_secret, metadata, created_at)
  VALUES ('a', 'b', 'zebra', 'local', 's', '{}', 't')`

describe('a file that is refused', () => {
  const garbage = (file: string, at: number, length: number): void => {
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill(0xa5, at, at + length))
  }

  /** Changes a name in the table but not in its index, or the other way round. */
  const misspell = (file: string): void => {
    const db = open(file)
    db.run(TUNNEL)
    db.close()
    const bytes = readFileSync(file)
    writeFileSync(file, bytes.fill('zebrA', bytes.indexOf('zebra'), bytes.indexOf('zebra') + 5))
  }

  it.each<[string, (file: string, size: number) => void, RegExp]>([
    ['has garbage in the middle', (file, size) => garbage(file, size / 2, 4096), /is damaged \(.+\)/],
    ['has a table that differs from its index', misspell, /is damaged \(row 1 missing from index \w+\)/],
    ['is truncated to half', (file, size) => truncateSync(file, size / 2), /cannot read database .*: .* malformed/],
    ['misses its last byte', (file, size) => truncateSync(file, size - 1), /is damaged \(its end is cut off\)/],
    [
      'is not a database',
      file => writeFileSync(file, 'some other data'),
      /cannot read database .*: file is not a data/,
    ],
    ['is truncated in its header', file => truncateSync(file, 50), /is damaged \(.+\)/],
  ])('%s: the error has one line and the file is unchanged', (_case, damage, reason) => {
    const file = fileWithAccounts()
    damage(file, statSync(file).size)
    const before = readFileSync(file)

    expect(() => open(file)).toThrow(reason)
    expect(() => open(file)).toThrow(/^.*$/)
    expect(readFileSync(file)).toEqual(before)
  })

  it('is damaged and was not closed: its log is unchanged as well', () => {
    const file = fileWithAccounts()
    const db = open(file)
    db.run('INSERT INTO accounts (id) VALUES (?)', 'late')
    const copy = `${file}.copy`
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    garbage(copy, statSync(copy).size / 2, 4096)
    const before = [readFileSync(copy), readFileSync(`${copy}-wal`)]

    expect(() => open(copy)).toThrow('is damaged')
    expect([readFileSync(copy), readFileSync(`${copy}-wal`)]).toEqual(before)
  })

  it.each([0, 1])('belongs to another program, with user_version %i', version => {
    const file = temporary('places.sqlite')
    const other = new Database(file)
    other.exec('CREATE TABLE bookmarks (url TEXT)')
    other.pragma(`user_version = ${version}`)
    other.close()
    const before = readFileSync(file)

    expect(() => open(file)).toThrow(`database ${file} belongs to another program; it was left as it is`)
    expect(readFileSync(file)).toEqual(before)
  })

  const listen = async (path: string): Promise<void> => {
    const server = createServer().listen(path)
    onTestFinished(() => void server.close())
    await once(server, 'listening')
  }

  it.each<[string, (path: string) => unknown]>([
    ['a directory', path => mkdirSync(path)],
    ['a FIFO', path => spawnSync('mkfifo', [path])],
    ['a socket', listen],
    ['a character device', path => symlinkSync('/dev/null', path)],
    ['a symbolic link to a file that does not exist', path => symlinkSync('missing.db', path)],
    ['one of 2 hard links to a file', path => linkSync(fileWithAccounts(), path)],
  ])('is %s: the error has one line and nothing is left next to it', async (kind, make) => {
    const path = temporary('data.db')
    await make(path)

    expect(() => open(path)).toThrow(
      new Error(`cannot open database ${path}: it is ${kind}; mockflared needs a regular file with one name`),
    )
    expect(readdirSync(dirname(path))).toEqual(['data.db'])
  })
})

describe('an older database', () => {
  const FIRST = MIGRATIONS.slice(0, 1)
  const NEWER = [...MIGRATIONS, 'ALTER TABLE accounts ADD COLUMN colour TEXT']

  it('migrates from the first schema to the current one', () => {
    const file = fileWithAccounts(FIRST)
    const db = open(file)

    expect(db.value('PRAGMA user_version')).toBe(MIGRATIONS.length)
    expect(db.value('SELECT count(*) FROM accounts')).toBe(500)
    expect([versionOf(`${file}.v1.backup`), accountsIn(`${file}.v1.backup`)]).toEqual([1, 500])
  })

  it('keeps its data and gets new columns, with a backup of the old version', () => {
    const file = fileWithAccounts()
    const db = open(file, NEWER)
    db.run('UPDATE accounts SET colour = ?', 'red')

    const backup = `${file}.v${MIGRATIONS.length}.backup`
    expect([versionOf(backup), accountsIn(backup)]).toEqual([MIGRATIONS.length, 500])
  })

  it('gets a backup with another name if the name is in use', () => {
    const file = fileWithAccounts(FIRST)
    writeFileSync(`${file}.v1.backup`, 'mine')
    writeFileSync(`${file}.v1.backup.2`, 'mine too')
    open(file)

    expect(readFileSync(`${file}.v1.backup`, 'utf8')).toBe('mine')
    expect(readFileSync(`${file}.v1.backup.2`, 'utf8')).toBe('mine too')
    expect(accountsIn(`${file}.v1.backup.3`)).toBe(500)
  })

  it('includes the write-ahead log of a killed server in its backup', () => {
    const file = fileWithAccounts(FIRST)
    const db = open(file, FIRST)
    db.run('INSERT INTO accounts (id) VALUES (?)', 'late')
    const copy = join(dirname(file), 'copy.db')
    copyFileSync(file, copy)
    copyFileSync(`${file}-wal`, `${copy}-wal`)
    open(copy)

    expect(accountsIn(`${copy}.v1.backup`)).toBe(501)
  })

  it.each([
    ['does not run', 'CREATE TABLE accounts (id)', 'table accounts already exists'],
    ['breaks a reference', 'DELETE FROM tunnels', 'a reference would point nowhere'],
  ])('stays unchanged, byte for byte, if a migration %s', (_case, migration, reason) => {
    const file = fileWithAccounts()
    const db = open(file)
    db.run(TUNNEL)
    db.run("INSERT INTO configurations VALUES ('a', 'b', 1, 'local', '{}', 't', 'me')")
    db.close()
    const before = readFileSync(file)
    const migrations = [...MIGRATIONS, 'CREATE TABLE halfway (id); DELETE FROM accounts', migration]

    const [from, to] = [MIGRATIONS.length, MIGRATIONS.length + 2]
    expect(() => open(file, migrations)).toThrow(
      `cannot bring database ${file} from schema version ${from} to ${to}, so it was left as it is: ${reason}`,
    )
    expect(readFileSync(file)).toEqual(before)
    expect(accountsIn(`${file}.v${from}.backup`)).toBe(500)
  })

  it('rolls back a migration that was killed, and then migrates', () => {
    const file = fileWithAccounts(FIRST)
    // In a large migration, SQLite writes pages before the commit, and a journal to roll them back.
    const halfway = `
      const db = require('better-sqlite3')(process.argv[1])
      db.pragma('cache_size = 1')
      db.exec("BEGIN; UPDATE accounts SET name = 'half'; CREATE TABLE lifetime (x)")
      process.kill(process.pid, 'SIGKILL')`
    expect(spawnSync(execPath, ['-e', halfway, file]).signal).toBe('SIGKILL')
    expect(statSync(`${file}-journal`).size).toBeGreaterThan(0)

    const db = open(file)
    expect(db.value("SELECT count(*) FROM accounts WHERE name = 'half'")).toBe(0)
    expect([versionOf(file), accountsIn(`${file}.v1.backup`)]).toEqual([MIGRATIONS.length, 500])
  })

  it('stays unchanged if the backup fails', () => {
    const file = fileWithAccounts(FIRST)
    const before = readFileSync(file)
    // The name of its backup exceeds the limit of the file system.
    const long = join(dirname(file), `${'x'.repeat(245)}.db`)
    copyFileSync(file, long)

    expect(() => open(long)).toThrow(/^cannot back up database .*x\.db to .*\.v1\.backup: /)
    expect(readFileSync(long)).toEqual(before)
    expect(existsSync(`${long}.v1.backup`)).toBe(false)
  })

  it('gets no backup if it is empty', () => {
    const file = temporary('data.db')
    writeFileSync(file, '')
    open(file)

    expect(readdirSync(dirname(file)).filter(name => name.includes('backup'))).toEqual([])
  })
})
