/**
 * What is read and loaded at run time. The single executable has no files next to its code, so its
 * build replaces this module by `scripts/executable/runtime-files.ts`.
 */
import { existsSync, readFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { pathToFileURL } from 'node:url'

const { resolve } = createRequire(import.meta.url)

const ROOT = dirname(resolve('#package.json'))

/** The folders of the package, by the name that the callers use. */
const FOLDERS = {
  fixtures: () => join(ROOT, 'fixtures'),
  pages: () => join(ROOT, 'pages'),
  console: () => join(ROOT, 'dist/console'),
  'swagger-ui': swaggerFolder,
} as const

export type PackageFolder = keyof typeof FOLDERS

/** Rejects if there is no such file. */
export function readPackageFile(folder: PackageFolder, name: string): Promise<Buffer> {
  return readFile(join(FOLDERS[folder](), name))
}

export function readPackageFileSync(folder: PackageFolder, name: string): Buffer {
  return readFileSync(join(FOLDERS[folder](), name))
}

/** Loads a module of the user, such as a configuration file. */
export function importModule(file: string): Promise<{ readonly default?: unknown }> {
  return import(pathToFileURL(file).href)
}

/** The build copies the files next to the code. In the source tree they are in node_modules. */
function swaggerFolder(): string {
  const copied = join(import.meta.dirname, 'swagger-ui')
  return existsSync(copied) ? copied : dirname(resolve('swagger-ui-dist/package.json'))
}
