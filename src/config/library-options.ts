import type { Options } from '../../schemas/options.ts'
import type { State } from '../../schemas/state.ts'
import { DEFAULTS, isOptionName } from './options.ts'
import { parseOptions } from './parse-options.ts'

/** Options as a program gives them. */
export interface LibraryOptions extends Partial<Omit<Options, 'allow_origin' | 'seed'>> {
  /** One origin or several. */
  readonly allow_origin?: string | Options['allow_origin']
  /** The name of a bundled seed, a path, or a state; or several of them. */
  readonly seed?: string | State | Options['seed']
}

/**
 * A value for each option. What a program gives is parsed as flags are; undefined means the
 * default. The library does not log by default: its output belongs to the test that uses it.
 */
export function optionsOf({ seed = [], ...given }: LibraryOptions): Options {
  const raw = new Map(Object.entries(given).filter(([, value]) => value !== undefined))
  for (const name of raw.keys()) {
    if (!isOptionName(name)) throw new Error(`there is no option ${name}`)
  }
  const parsed = parseOptions(name =>
    raw.has(name) ? { values: [raw.get(name)].flat().map(String), origin: `option ${name}` } : undefined,
  )
  return { ...DEFAULTS, log: 'off', ...parsed, seed: [seed].flat() }
}
