/** What the schema of options says about each of them. */
import { durationOf } from '../../schemas/duration.ts'
import { nearest } from '../../schemas/nearest.ts'
import type { OptionNotes } from '../../schemas/option.ts'
import { Options } from '../../schemas/options.ts'
import type { TSchema } from '../../schemas/typebox.ts'

export type OptionName = keyof Options

/** In the order in which the help lists them. */
export const OPTION_NAMES = Object.keys(Options.properties).filter(isOptionName)

function isOptionName(name: string): name is OptionName {
  return Object.hasOwn(Options.properties, name)
}

export function modelOf(name: OptionName): TSchema & OptionNotes {
  return Options.properties[name]
}

/** An option without a default is not in it. */
export const DEFAULTS = optionsFrom<Options>(name => modelOf(name).default)

/**
 * An object with a value for each option, without those whose value is undefined. Each value must
 * come from the model of its option: the compiler cannot follow that.
 */
export function optionsFrom<Result extends Partial<Options>>(valueFor: (name: OptionName) => unknown): Result {
  const entries = OPTION_NAMES.map(name => [name, valueFor(name)]).filter(([, value]) => value !== undefined)
  return Object.fromEntries(entries) as Result
}

/** Whether an option may be given several times. */
export function isRepeatable(name: OptionName): boolean {
  return modelOf(name).type === 'array'
}

/** Whether this value of an option is the path of a file. */
export function isPath(name: OptionName, value: string): boolean {
  const { notPaths } = modelOf(name)
  return notPaths !== undefined && value !== '' && !notPaths.includes(value)
}

/**
 * The names under which an option can be given, the preferred one first. An option in milliseconds,
 * such as `world_idle_ms`, takes a duration under its name without the unit.
 */
export function spellingsOf(name: OptionName): readonly [string, ...string[]] {
  const preferred = modelOf(name).alias ?? name.replace(/_ms$/, '')
  return preferred === name ? [name] : [preferred, name]
}

/** Whether an option takes a duration under this name. */
export function takesDuration(name: OptionName, spelling: string): boolean {
  return name.endsWith('_ms') && spelling !== name
}

/** Whether an option is on or off. */
export function isSwitch(name: OptionName): boolean {
  return modelOf(name).type === 'boolean'
}

/** The value that the flag `--no-NAME` gives; undefined for an option without that flag. */
export function negationOf(name: OptionName): string | undefined {
  return isSwitch(name) ? 'false' : modelOf(name).negation
}

/** Throws an Error for a name that no option has. */
export function optionSpelled(spelling: string): OptionName {
  const name = OPTION_NAMES.find(known => spellingsOf(known).includes(spelling))
  if (name) return name

  const similar = nearest(spelling, OPTION_NAMES.flatMap(spellingsOf))
  throw new Error(`unknown option ${spelling}${similar ? `; did you mean ${similar}?` : ''}`)
}

/** The default of an option as people write it; empty without one. */
export function defaultTextOf(name: OptionName): string {
  const value = DEFAULTS[name]
  return typeof value === 'number' && takesDuration(name, spellingsOf(name)[0])
    ? durationOf(value)
    : String(value ?? '')
}

/** `secret_min_bytes` becomes `secret-min-bytes`. */
export function flagOf(spelling: string): string {
  return spelling.replaceAll('_', '-')
}

/** The flag of an option as the help shows it: `--port PORT`, or `--[no-]evidence` for a switch. */
export function flagTermOf(name: OptionName): string {
  const [spelling] = spellingsOf(name)
  return isSwitch(name) ? `--[no-]${flagOf(spelling)}` : `--${flagOf(spelling)} ${modelOf(name).valueName}`
}

/** `secret_min_bytes` becomes `MOCKFLARED_SECRET_MIN_BYTES`. */
export function variableOf(spelling: string): string {
  return `MOCKFLARED_${spelling.toUpperCase()}`
}
