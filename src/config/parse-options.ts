/** Turns what flags, variables, a configuration file or a program give for options into values. */

import { problemWith } from '../../schemas/check.ts'
import { durationOf, parseDuration } from '../../schemas/duration.ts'
import type { Options } from '../../schemas/options.ts'
import { State } from '../../schemas/state.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { datedChangesOn } from '../evidence/dated-changes.ts'
import { modelOf, type OptionName, optionsFrom, takesDuration } from './options.ts'

/** Text, or an object where a configuration file or a program gives one. */
export type RawValue = string | object

export interface RawOption {
  /** Several where an option was given several times. */
  readonly values: readonly RawValue[]
  /** The name under which it was given: one of `spellingsOf`. */
  readonly spelling: string
  /** Names the place in error messages: `--port` or `MOCKFLARED_PORT`. */
  readonly origin: string
}

/**
 * Parses each option that has a raw value. Throws an Error that names the place and what was
 * expected there.
 */
export function parseOptions(rawOf: (name: OptionName) => RawOption | undefined): Partial<Options> {
  return optionsFrom(name => {
    const raw = rawOf(name)
    try {
      return raw && parseOption(name, raw.values, raw.spelling)
    } catch (error) {
      throw new Error(`${raw?.origin}: ${error instanceof Error ? error.message : error}`)
    }
  })
}

/**
 * Options whose texts need a closer look than their models can take. Each throws an Error that says
 * what is wrong.
 */
const CHECKS: { readonly [Name in OptionName]?: (text: string) => unknown } = { behaviour: datedChangesOn }

/** Throws an Error that says what was expected. */
export function parseOption(name: OptionName, values: readonly RawValue[], spelling: string = name): unknown {
  const model = modelOf(name)
  if (model.type === 'array') {
    const parse = name === 'seed' ? parseSeed : (value: RawValue) => parseOne(lastTextOf([value]), model.items)
    return values.filter(value => value !== '').map(parse)
  }
  const text = lastTextOf(values)
  CHECKS[name]?.(text)
  return takesDuration(name, spelling) ? parseMillis(text, model) : parseOne(text, model)
}

function parseOne(text: string, model: TSchema): unknown {
  const value = parseText(text, model)
  const problem = problemWith(model, value)
  if (problem) throw new Error(problem.what)
  return value
}

/** The milliseconds of a duration. Throws an Error outside of the range of the model. */
function parseMillis(text: string, model: TSchema): number {
  const millis = parseDuration(text)
  if (problemWith(model, millis)) {
    throw new Error(`"${text}" is not from ${durationOf(model.minimum)} to ${durationOf(model.maximum)}, in whole ms`)
  }
  return millis
}

/** Where an option that is not repeatable was given several times, the last one counts. */
function lastTextOf(values: readonly RawValue[]): string {
  const value = values.at(-1) ?? ''
  if (typeof value !== 'string') throw new Error('expected a text, a number or a boolean')
  return value
}

/** Text that is not of the type stays as it is, and the model rejects it. */
function parseText(text: string, { type, format }: TSchema): unknown {
  if (type === 'integer' && /^\d+$/.test(text)) return Number(text)
  if (type === 'boolean' && /^(true|false)$/.test(text)) return text === 'true'
  if (format === 'web-address') return URL.parse(text)?.href.replace(/\/+$/, '') ?? text
  return text
}

/** The name of a bundled seed, a path, or a whole state. */
function parseSeed(value: RawValue): RawValue {
  const problem = typeof value === 'string' ? undefined : problemWith(State, value)
  if (problem) throw new Error([problem.where, problem.what].filter(Boolean).join(': '))
  return value
}
