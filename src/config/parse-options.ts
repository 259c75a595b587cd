/** Turns what flags, variables, a configuration file or a program give for options into values. */
import { problemWith } from '../../schemas/check.ts'
import type { Options } from '../../schemas/options.ts'
import { State } from '../../schemas/state.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { datedChangesOn } from '../evidence/dated-changes.ts'
import { modelOf, type OptionName, optionsFrom } from './options.ts'

/** Text, or an object where a configuration file or a program gives one. */
export type RawValue = string | object

export interface RawOption {
  /** Several where an option was given several times. */
  readonly values: readonly RawValue[]
  /** Names the place in error messages: `--port 8844` or `MOCKFLARED_PORT=8844`. */
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
      return raw && parseOption(name, raw.values)
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
export function parseOption(name: OptionName, values: readonly RawValue[]): unknown {
  const model = modelOf(name)
  if (model.type === 'array') {
    const parse = name === 'seed' ? parseSeed : (value: RawValue) => parseOne(lastTextOf([value]), model.items)
    return values.filter(value => value !== '').map(parse)
  }
  const text = lastTextOf(values)
  CHECKS[name]?.(text)
  return parseOne(text, model)
}

function parseOne(text: string, model: TSchema): unknown {
  const value = parseText(text, model)
  if (problemWith(model, value)) throw new Error(expectationOf(model))
  return value
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

function expectationOf({ type, enum: variants, format, examples, minimum, maximum }: TSchema): string {
  if (type === 'integer') return `expected a whole number from ${minimum} to ${maximum}`
  if (type === 'boolean') return 'expected one of true, false'
  if (variants) return `expected one of ${variants.join(', ')}`
  if (format === 'date-time') return `expected a time such as ${examples[0]}`
  if (format === 'web-address') return `expected an address such as ${examples[0]}`
  if (format === 'web-origin') return `expected an origin such as ${examples[0]}, or *`
  return 'must not be empty'
}

/** The name of a bundled seed, a path, or a whole state. */
function parseSeed(value: RawValue): RawValue {
  const problem = typeof value === 'string' ? undefined : problemWith(State, value)
  if (problem) throw new Error(`${problem.where || 'the whole'}: ${problem.what}`)
  return value
}
