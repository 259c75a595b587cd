import Database from 'better-sqlite3'
import { vi } from 'vitest'
import type { EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporary } from './command.ts'
import { startEmulator } from './emulator.ts'

/**
 * An emulator on a file whose storage can be made to fail. SQLite itself refuses then, with the
 * code that a full disk or a protected file has. The handle is the one of the running server,
 * caught when it was opened, since both hold for a handle and not for a file.
 */
export async function startFull(options: EmulatorOptions = {}, file = temporary('data.db')) {
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
    /** Leaves no page; what still fits into one that is there is written on. */
    fill: () => set('max_page_count = 1'),
    makeRoom: () => set('max_page_count = 1000000'),
    /** Refuses every write. */
    protect: () => set('query_only = ON'),
    unprotect: () => set('query_only = OFF'),
  }
}
