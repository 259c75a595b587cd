import Database from 'better-sqlite3'
import { vi } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporary } from './command.ts'
import { startEmulator } from './emulator.ts'

/**
 * Starts an emulator on a file whose storage a test can make fail. SQLite itself then fails with
 * the code of a full disk or a read-only file. Both settings belong to a handle, not to a file, so
 * this captures the handle of the running server.
 */
export async function startWithFaultyDisk(options: EmulatorOptions = {}, file = temporary('data.db')) {
  const pragma = vi.spyOn(Database.prototype, 'pragma')
  const api = await startEmulator({ db: file, ...options })
  const handles = pragma.mock.contexts
    .filter(context => context instanceof Database)
    .filter(({ open, name }) => open && name === file)
  pragma.mockRestore()

  const set = (setting: string): void => {
    for (const db of handles) db.pragma(setting)
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
