/** Stands in for the module of better-sqlite3 that finds its native code, in the single executable. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { join } from 'node:path'
import process from 'node:process'
import { getRawAsset } from 'node:sea'
import { SQLITE } from './assets.ts'

let binding: unknown

export function getBinding(): unknown {
  binding ??= load()
  return binding
}

/** The system loads native code only from a file. It is gone once that is done. */
function load(): unknown {
  const loaded: { exports: unknown } = { exports: {} }
  let folder: string | undefined
  try {
    folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
    const file = join(folder, SQLITE)
    writeFileSync(file, Buffer.from(getRawAsset(SQLITE)), { mode: 0o600, flag: 'wx' })
    process.dlopen(loaded, file, constants.dlopen.RTLD_LAZY)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    throw new Error(`cannot load SQLite from ${tmpdir()}: ${reason}; set TMPDIR to a folder that can be written`)
  } finally {
    if (folder !== undefined) rmSync(folder, { recursive: true })
  }
  return loaded.exports
}
