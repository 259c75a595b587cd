/** What each option is set to, and where that comes from: its flag, else its variable, else the configuration file, else the table. */
import {
  DEFAULTS,
  flagOf,
  type Given,
  OPTION_NAMES,
  OPTIONS,
  type OptionName,
  type Options,
  readOptions,
  variableOf,
} from './options.ts'

export type Environment = Readonly<Record<string, string | undefined>>

/** What an option was given, and by what: `--port`, `MOCKFLARED_PORT` or the name of a file. */
export interface Sourced extends Given {
  readonly source: string
}

export interface Sources {
  readonly flag: (name: OptionName) => readonly string[] | undefined
  readonly environment: Environment
  readonly file?: ReadonlyMap<OptionName, Sourced> | undefined
}

export interface Settings {
  /** Those that something was given for. */
  readonly options: Partial<Options>
  readonly sourceOf: (name: OptionName) => string
}

/** Throws an Error that says which option will not do, where it was given, and what was expected. */
export function settingsFrom({ flag, environment, file }: Sources): Settings {
  const given = new Map(
    OPTION_NAMES.map(name => [
      name,
      fromFlag(name, flag(name)) ?? fromVariable(name, environment[variableOf(name)]) ?? file?.get(name),
    ]),
  )
  return {
    options: readOptions(name => given.get(name)),
    sourceOf: name => given.get(name)?.source ?? 'default',
  }
}

function fromFlag(name: OptionName, texts: readonly string[] | undefined): Sourced | undefined {
  const source = `--${flagOf(name)}`
  return texts && { texts, where: withValue(name, source, ' ', texts.join()), source }
}

/** A variable for a repeatable option holds a list with commas. */
function fromVariable(name: OptionName, text: string | undefined): Sourced | undefined {
  if (text === undefined) return undefined

  const source = variableOf(name)
  const texts = OPTIONS[name].repeatable ? text.split(',') : [text]
  return { texts, where: withValue(name, source, '=', text), source }
}

/** A secret is not repeated in a complaint. */
export function withValue(name: OptionName, source: string, sign: string, text: string): string {
  return OPTIONS[name].secret ? source : `${source}${sign}${text}`
}

/** For people and for machines: each value and where it comes from, and no secret. */
export function overview({ options, sourceOf }: Settings): { name: OptionName; value: unknown; source: string }[] {
  const values = { ...DEFAULTS, ...options }
  return OPTION_NAMES.map(name => ({ name, value: shown(name, values[name]), source: sourceOf(name) }))
}

const MASK = '********'

/** A seed may be a whole state, with credentials in it. */
function shown(name: OptionName, value: unknown): unknown {
  if (OPTIONS[name].secret && value !== undefined) return MASK
  if (Array.isArray(value)) return value.map(one => (typeof one === 'string' ? one : '(a state)'))
  return value ?? null
}
