import Database from 'better-sqlite3'
import { onTestFinished, vi } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporary } from './command.ts'
import { startEmulator } from './emulator.ts'

/**
 * Starts an emulator on a file whose storage a test can make fail. SQLite itself then fails with
 * the code of a full disk or a read-only file. Both settings belong to a handle, not to a file, so
 * this sets them for every handle of the running server, now and later.
 */
export async function startWithFaultyDisk(options: EmulatorOptions = {}, file = temporary('data.db')) {
  const handles = new Set<Database.Database>()
  const settings: string[] = []
  const { pragma } = Database.prototype
  const spy = vi.spyOn(Database.prototype, 'pragma').mockImplementation(function (this: Database.Database, ...given) {
    const result = pragma.apply(this, given)
    if (this.name === file && !handles.has(this)) {
      handles.add(this)
      for (const setting of settings) pragma.call(this, setting)
    }
    return result
  })
  onTestFinished(() => spy.mockRestore())
  const api = await startEmulator({ db: file, ...options })

  const set = (setting: string): void => {
    settings.push(setting)
    for (const db of handles) if (db.open) pragma.call(db, setting)
  }
  return {
    ...api,
    /** Forbids new pages; writes that fit into existing pages still succeed. */
    fill: () => set('max_page_count = 1'),
    makeRoom: () => set('max_page_count = 1000000'),
    /** Makes every write fail. */
    protect: () => set('query_only = ON'),
    unprotect: () => set('query_only = OFF'),
  }
}
