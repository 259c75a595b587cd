/**
 * The value of each option and its source: a flag, else a variable, else the configuration file,
 * else the default.
 */
import { nearest } from '../../schemas/nearest.ts'
import type { Options } from '../../schemas/options.ts'
import {
  DEFAULTS,
  flagOf,
  isRepeatable,
  modelOf,
  OPTION_NAMES,
  type OptionName,
  spellingsOf,
  variableOf,
} from './options.ts'
import { parseOptions, type RawOption } from './parse-options.ts'

export type Environment = Readonly<Record<string, string | undefined>>

export interface SourcedOption extends RawOption {
  /** `--port`, `MOCKFLARED_PORT` or the name of a file. */
  readonly source: string
}

export interface Sources {
  /** What the flag of an option was given, once or several times. */
  readonly flag: (spelling: string) => readonly string[] | undefined
  readonly environment: Environment
  readonly file?: ReadonlyMap<OptionName, SourcedOption> | undefined
}

export interface Settings {
  /** Without the options that nothing was given for. */
  readonly options: Partial<Options>
  readonly sourceOf: (name: OptionName) => string
}

/**
 * Throws an Error that names the option that is wrong, where it was given, and what was expected.
 */
export function resolveSettings({ flag, environment, file }: Sources): Settings {
  const found = new Map(
    OPTION_NAMES.map(name => [
      name,
      firstOf(name, spelling => fromFlag(spelling, flag(spelling))) ??
        firstOf(name, spelling => fromVariable(name, spelling, environment[variableOf(spelling)])) ??
        file?.get(name),
    ]),
  )
  return {
    options: parseOptions(name => found.get(name)),
    sourceOf: name => found.get(name)?.source ?? 'default',
  }
}

const VARIABLE_PREFIX = 'MOCKFLARED_'

/**
 * A line for each variable that is almost the name of an option. Only a warning: Kubernetes makes
 * variables such as MOCKFLARED_SERVICE_HOST. `others`: known variables that are no options.
 */
export function misspeltVariables(environment: Environment, others: readonly string[]): readonly string[] {
  const spellings = OPTION_NAMES.flatMap(spellingsOf)
  const known = [...spellings.map(variableOf), ...others]
  return Object.keys(environment).flatMap(variable => {
    if (!variable.startsWith(VARIABLE_PREFIX) || known.includes(variable)) return []

    const similar = nearest(variable.slice(VARIABLE_PREFIX.length), spellings)
    return similar === undefined ? [] : [`unknown variable ${variable}; did you mean ${variableOf(similar)}?`]
  })
}

function firstOf(name: OptionName, read: (spelling: string) => SourcedOption | undefined): SourcedOption | undefined {
  return spellingsOf(name).map(read).find(Boolean)
}

function fromFlag(spelling: string, values: readonly string[] | undefined): SourcedOption | undefined {
  const source = `--${flagOf(spelling)}`
  return values && { values, spelling, origin: source, source }
}

/** The variable of a repeatable option holds a list, separated by commas. */
function fromVariable(name: OptionName, spelling: string, text: string | undefined): SourcedOption | undefined {
  if (text === undefined) return undefined

  const source = variableOf(spelling)
  const values = isRepeatable(name) ? text.split(',') : [text]
  return { values, spelling, origin: source, source }
}

/** Each value and its source, without secrets, for people and machines to read. */
export function describeSettings({ options, sourceOf }: Settings) {
  const values: Options = { ...DEFAULTS, ...options }
  return OPTION_NAMES.map(name => ({ name, value: withoutSecrets(name, values[name]), source: sourceOf(name) }))
}

const MASK = '********'

/** A seed may be a whole state, which may contain credentials. */
function withoutSecrets(name: OptionName, value: unknown): unknown {
  if (modelOf(name).isSecret && value !== undefined) return MASK
  if (Array.isArray(value)) return value.map(item => (typeof item === 'string' ? item : '(a state)'))
  return value ?? null
}
