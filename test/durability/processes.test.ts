/** Several servers on one file, read-only files and damaged files. */
import { spawnSync } from 'node:child_process'
import { chmodSync, copyFileSync, existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { execPath, getuid } from 'node:process'
import { describe, expect, it, onTestFinished, type TestContext } from 'vitest'
import { createEmulator } from '../../src/emulator/emulator.ts'
import { MIGRATIONS } from '../../src/resources/migrations.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { openDatabase } from '../../src/store/open.ts'
import { run, serve, start, temporary } from '../support/command.ts'

describe('several servers on one file', () => {
  it('the second exits with 1 and one line on stderr, and the first continues', async () => {
    const db = temporary('data.db')
    const { api, stop } = await serve(['--db', db])
    await api('POST', '', { name: 'blog' })

    expect(await run(['--db', db])).toEqual({
      code: 1,
      stderr: `mockflared: database ${db} is in use by another mockflared\n`,
    })
    expect(await api('POST', '', { name: 'shop' })).toMatchObject({ status: 200 })
    expect(await stop('SIGTERM')).toBe(0)
    const next = await serve(['--db', db])
    expect(await next.api('GET', '')).toMatchObject({ json: { result_info: { total_count: 2 } } })
  })

  it('the next starts after the first was killed', async () => {
    const db = temporary('data.db')
    const { stop } = await serve(['--db', db])
    await stop('SIGKILL')

    expect(existsSync(`${db}.lock`)).toBe(true)
    const next = await serve(['--db', db])
    expect(await next.api('GET', '')).toMatchObject({ status: 200 })
  })

  it('exactly one of four runs if they start at once', async () => {
    const db = temporary('data.db')
    const children = Array.from({ length: 4 }, () => start(['--db', db]))
    const outcomes = children.map(
      child =>
        new Promise<string>(resolve => {
          child.stdout?.once('data', () => resolve('serves'))
          child.once('close', code => resolve(`exited with ${code}`))
        }),
    )

    expect((await Promise.all(outcomes)).sort()).toEqual([...Array(3).fill('exited with 1'), 'serves'])
  })
})

/** Root ignores file permissions, so tests of root run the command as `nobody`. */
function unprivileged({ skip }: TestContext) {
  if (getuid?.() !== 0) return {}
  const nobody = { uid: 65_534, gid: 65_534 }
  const { status } = spawnSync(execPath, ['src/cli.ts', '--version'], nobody)
  if (status !== 0) skip('NOT RUN: root may write everything, and nobody else can read this checkout')
  return nobody
}

function protect(file: string): void {
  for (const name of readdirSync(dirname(file))) chmodSync(`${dirname(file)}/${name}`, 0o444)
  chmodSync(dirname(file), 0o555)
  onTestFinished(() => chmodSync(dirname(file), 0o755))
}

describe('a read-only file', () => {
  it('is served, a write fails, and the folder stays unchanged', async context => {
    const db = temporary('data.db')
    const emulator = await createEmulator({ db, listen: false, seed: ['every-status'] })
    await emulator.close()
    protect(db)
    const before = [readFileSync(db), readdirSync(dirname(db))]

    const { api, stop } = await serve(['--db', db], unprivileged(context))
    expect(await api('GET', '')).toMatchObject({ status: 200, json: { result_info: { total_count: 7 } } })
    expect(await api('POST', '', { name: 'blog' })).toMatchObject({
      status: 507,
      json: { success: false, errors: [{ code: 10507, message: 'The data could not be stored' }], result: null },
    })
    expect(await api('GET', '')).toMatchObject({ status: 200, json: { result_info: { total_count: 7 } } })
    expect(await stop('SIGTERM')).toBe(0)
    expect([readFileSync(db), readdirSync(dirname(db))]).toEqual(before)
  })

  const older = (file: string): void =>
    openDatabase(file, { ...PRODUCTS.data.schema, migrations: MIGRATIONS.slice(0, 1) }).close()

  const killed = (file: string): void => {
    const db = openDatabase(file, PRODUCTS.data.schema)
    db.run("INSERT INTO accounts (id) VALUES ('late')")
    for (const suffix of ['', '-wal']) copyFileSync(file + suffix, `${file}.copy${suffix}`)
    db.close()
    for (const suffix of ['', '-wal']) copyFileSync(`${file}.copy${suffix}`, file + suffix)
  }

  const empty = (file: string): void => openDatabase(file, PRODUCTS.data.schema).close()

  it.for<[string, (file: string) => void, RegExp]>([
    [
      'would have to be brought to a newer schema',
      older,
      new RegExp(`has schema version 1 and must be brought to ${MIGRATIONS.length}, but it cannot`),
    ],
    ['was not closed in good order', killed, /^mockflared: cannot read database .*: unable to open database file$/],
    ['has nothing in it', empty, /^mockflared: database .*: attempt to write a readonly database$/],
  ])('is refused in one line if it %s', async ([, make, reason], context) => {
    const db = temporary('data.db')
    make(db)
    protect(db)
    const before = readFileSync(db)

    const { code, stderr } = await run(['--db', db, '--seed', 'demo'], unprivileged(context))
    expect(code).toBe(1)
    expect(stderr.trimEnd()).toMatch(reason)
    expect(readFileSync(db)).toEqual(before)
  })
})

describe('a damaged file', () => {
  it('is refused at start in one line and stays unchanged', async () => {
    const db = temporary('data.db')
    const emulator = await createEmulator({ db, listen: false, seed: ['every-status'] })
    await emulator.close()
    const damaged = readFileSync(db).fill(0xa5, 20_000, 30_000)
    writeFileSync(db, damaged)

    const { code, stderr } = await run(['--db', db])
    expect(code).toBe(1)
    expect(stderr).toMatch(/^mockflared: database .* is damaged \(.+\); it was left as it is\n$/)
    expect(readFileSync(db)).toEqual(damaged)
  })
})
