/**
 * The configuration file: options under the names that they have in the library, as JSON or as the
 * default export of a module.
 */
import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { isPath, isRepeatable, type OptionName, optionSpelled } from './options.ts'
import type { RawValue } from './parse-options.ts'
import type { SourcedOption } from './resolve.ts'
import { importModule } from './runtime-files.ts'

/** Files that are read from the working directory when no other file is named. */
export const DEFAULT_FILES = ['mockflared.config.json', 'mockflared.config.ts', 'mockflared.config.mts']

/** Tells an editor the JSON Schema of the file; not an option. */
const SCHEMA_KEY = '$schema'

/**
 * Reads the options of the named file, or of the default file in `folder`; undefined when neither
 * is there. Rejects with an Error that names the file and what is wrong in it.
 */
export async function readConfigFile(
  named: string | undefined,
  folder: string,
): Promise<ReadonlyMap<OptionName, SourcedOption> | undefined> {
  const name = named ?? findDefaultFile(folder)
  if (name === undefined) return undefined

  const file = resolve(folder, name)
  return optionsIn(name, await contentOf(name, file), dirname(file))
}

function findDefaultFile(folder: string): string | undefined {
  const found = DEFAULT_FILES.filter(name => existsSync(resolve(folder, name)))
  if (found.length > 1) throw new Error(`${found.join(' and ')}: keep one of them`)
  return found[0]
}

async function contentOf(name: string, file: string): Promise<unknown> {
  try {
    const text = readFileSync(file, 'utf8')
    return file.endsWith('.json') ? JSON.parse(text) : await defaultExportOf(file)
  } catch (error) {
    throw new Error(`${name}: ${reasonOf(error)}`)
  }
}

async function defaultExportOf(file: string): Promise<unknown> {
  return (await importModule(file)).default
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  if ('code' in error && error.code === 'ENOENT') return 'there is no such file'
  if ('code' in error && error.code === 'ERR_UNKNOWN_FILE_EXTENSION') {
    return 'TypeScript needs Node 22.18 or newer; JSON works with any'
  }
  return error.message
}

function optionsIn(file: string, content: unknown, folder: string): ReadonlyMap<OptionName, SourcedOption> {
  if (typeof content !== 'object' || content === null || Array.isArray(content)) {
    throw new Error(`${file}: expected an object of options${file.endsWith('.json') ? '' : ' as the default export'}`)
  }
  const entries = Object.entries(content).filter(([key, value]) => key !== SCHEMA_KEY && value !== undefined)
  return new Map(
    entries.map(([key, value]) => {
      const name = optionNamed(key, file)
      return [name, sourcedOption(name, key, value, file, folder)]
    }),
  )
}

function optionNamed(key: string, file: string): OptionName {
  try {
    return optionSpelled(key)
  } catch (error) {
    throw new Error(`${file}: ${reasonOf(error)}`)
  }
}

/** `folder`: where the configuration file is, at which the relative paths in it begin. */
function sourcedOption(
  name: OptionName,
  spelling: string,
  value: unknown,
  file: string,
  folder: string,
): SourcedOption {
  const origin = `${file}: ${spelling}`
  const values = Array.isArray(value) && isRepeatable(name) ? value : [value]
  return {
    values: values.map(item => {
      const raw = rawValue(item, origin)
      return typeof raw === 'string' && isPath(name, raw) ? pathFrom(folder, raw) : raw
    }),
    spelling,
    origin,
    source: file,
  }
}

/** A slash at its end says that it is a folder. */
function pathFrom(folder: string, path: string): string {
  return resolve(folder, path) + (path.endsWith('/') ? '/' : '')
}

function rawValue(value: unknown, origin: string): RawValue {
  if (typeof value === 'string' || (typeof value === 'object' && value !== null)) return value
  if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  throw new Error(`${origin}: expected a text, a number or a boolean`)
}
