/** Stands in for src/config/runtime-files.ts in the single executable, which has the files inside. */
import { getRawAsset } from 'node:sea'
import { pathToFileURL } from 'node:url'
import { constants, Script } from 'node:vm'
import type { PackageFolder } from '../../src/config/runtime-files.ts'

export async function readPackageFile(folder: PackageFolder, name: string): Promise<Buffer> {
  return readPackageFileSync(folder, name)
}

/** Throws if there is no such file. */
export function readPackageFileSync(folder: PackageFolder, name: string): Buffer {
  return Buffer.from(getRawAsset(`${folder}/${name}`))
}

/** The code of an executable can import only what Node contains. A script can import files. */
const load: (url: string) => Promise<{ readonly default?: unknown }> = new Script('url => import(url)', {
  importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
}).runInThisContext()

export function importModule(file: string): Promise<{ readonly default?: unknown }> {
  return load(pathToFileURL(file).href)
}
