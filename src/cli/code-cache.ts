/**
 * What V8 compiled, kept from one start for the next. Node keeps that too (`module.enableCompileCache`), but as it is before a file runs, and V8
 * compiles most functions only when they are first called: a thousand in a start. So the files of the bundle are kept as they are after it.
 */
import { readFileSync, renameSync, writeFileSync } from 'node:fs'
import module, { createRequire } from 'node:module'
import { basename, dirname, join, sep } from 'node:path'
import { pid } from 'node:process'
import { Script } from 'node:vm'

/** Those whose names have a hash of what is in them: V8 looks at no more than the length of a file, and another version may have one as long. */
const OURS = `${join(import.meta.dirname, 'chunks')}${sep}`

/** What Node puts around a CommonJS file. */
const [HEAD, TAIL] = ['(function (exports, require, module, __filename, __dirname) { ', '\n})']

/**
 * From now on the files of the bundle are loaded with what is kept of them, for this purpose: another one calls other functions. The answer
 * saves those of which nothing is kept, to be called while V8 has the flags with which it began. Nothing happens where Node keeps nothing
 * either, or where nothing can be written.
 */
export function keepCompiled(purpose: string): () => void {
  module.enableCompileCache()
  const folder = module.getCompileCacheDir()
  if (folder === undefined) return () => {}

  const unsaved = new Map<string, Script>()
  const { extensions } = createRequire(import.meta.filename)
  extensions['.cjs'] = (loaded, file) => {
    if (!file.startsWith(OURS)) return extensions['.js'](loaded, file)

    // The name of the folder has a hash of the version of V8 and its flags.
    const kept = join(folder, `${basename(file)}-${purpose}`)
    const script = new Script(`${HEAD}${readFileSync(file, 'utf8')}${TAIL}`, {
      filename: file,
      columnOffset: -HEAD.length,
      cachedData: contentOf(kept),
    })
    if (script.cachedDataRejected !== false) unsaved.set(kept, script)
    script.runInThisContext().call(loaded.exports, loaded.exports, createRequire(file), loaded, file, dirname(file))
  }
  return () => {
    for (const [kept, script] of unsaved) replace(kept, script.createCachedData())
    unsaved.clear()
  }
}

function contentOf(file: string): Buffer | undefined {
  try {
    return readFileSync(file)
  } catch {
    return undefined
  }
}

/** Whoever starts meanwhile finds all of it or nothing. */
function replace(file: string, content: Buffer): void {
  const draft = `${file}.${pid}`
  try {
    writeFileSync(draft, content, { mode: 0o600 })
    renameSync(draft, file)
  } catch {
    // Then it is compiled once more.
  }
}
