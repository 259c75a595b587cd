/** The configuration file: options under the names that they have in the library, as JSON or as the default export of a module. */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { OPTION_NAMES, OPTIONS, type OptionName } from './options.ts'
import type { Value } from './parsers.ts'
import { type Sourced, withValue } from './resolve.ts'

/** What is looked for in the working directory. */
const FILES = ['mockflared.config.json', 'mockflared.config.ts']

/** Of the process, since what is kept of a bundled file (`code-cache.ts`) cannot import by itself. */
export type ImportModule = (url: string) => Promise<{ readonly default?: unknown }>

/**
 * What a configuration file gives for each option: of the file that is named, else of the one in `folder`, else of none. Rejects
 * with an Error that names the file and what is wrong in it.
 */
export async function readConfigFile(
  named: string | undefined,
  folder: string,
  importModule: ImportModule,
): Promise<ReadonlyMap<OptionName, Sourced> | undefined> {
  const name = named ?? fileIn(folder)
  if (name === undefined) return undefined

  const file = resolve(folder, name)
  return givenIn(name, await contentOf(name, file, importModule), dirname(file))
}

function fileIn(folder: string): string | undefined {
  const found = FILES.filter(name => existsSync(resolve(folder, name)))
  if (found.length > 1) throw new Error(`${found.join(' and ')}: keep one of them`)
  return found[0]
}

async function contentOf(name: string, file: string, importModule: ImportModule): Promise<unknown> {
  try {
    const text = readFileSync(file, 'utf8')
    return file.endsWith('.json') ? JSON.parse(text) : (await importModule(pathToFileURL(file).href)).default
  } catch (error) {
    throw new Error(`${name}: ${reasonOf(error)}`)
  }
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ENOENT') return 'there is no such file'
  if ('code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'TypeScript needs Node 22.18 or newer; JSON works with any'
  }
  return error.message
}

function givenIn(file: string, content: unknown, folder: string): ReadonlyMap<OptionName, Sourced> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new Error(`${file}: expected an object of options${file.endsWith('.json') ? '' : ' as the default export'}`)
  }
  const entries = Object.entries(content).filter(([, value]) => value !== undefined)
  return new Map(entries.map(([key, value]) => given(file, nameOf(file, key), value, folder)))
}

function nameOf(file: string, key: string): OptionName {
  const name = OPTION_NAMES.find(known => known === key)
  if (name) return name

  const meant = OPTION_NAMES.find(known => plain(known) === plain(key))
  throw new Error(`${file}: unknown option ${key}${meant ? `; did you mean ${meant}?` : ''}`)
}

/** So that `secret-min-bytes` and `secretMinBytes` are recognised as what they mean. */
function plain(name: string): string {
  return name.toLowerCase().replaceAll(/[_-]/g, '')
}

function given(file: string, name: OptionName, value: unknown, folder: string): [OptionName, Sourced] {
  const { repeatable, isPath } = OPTIONS[name]
  const place = `${file}: ${name}`
  const where = typeof value === 'object' ? place : withValue(name, place, ' ', String(value))
  const values = Array.isArray(value) && repeatable ? value : [value]
  const located = (one: Value): Value => (typeof one === 'string' && one && isPath?.(one) ? resolve(folder, one) : one)
  return [name, { texts: values.map(one => located(asValue(one, where))), where, source: file }]
}

function asValue(value: unknown, where: string): Value {
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`${where}: expected a text, a number or a boolean`)
}
