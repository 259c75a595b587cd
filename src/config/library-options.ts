import type { Options, OtherSpellings } from '../../schemas/options.ts'
import type { State } from '../../schemas/state.ts'
import { DEFAULTS, optionSpelled, spellingsOf } from './options.ts'
import { parseOptions } from './parse-options.ts'

/** Options as a program gives them. */
export interface LibraryOptions extends Partial<Omit<Options, 'allow_origin' | 'seed'>>, OtherSpellings {
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
  for (const spelling of raw.keys()) optionSpelled(spelling)
  const parsed = parseOptions(name => {
    const spelling = spellingsOf(name).find(given => raw.has(given))
    if (spelling === undefined) return undefined
    return { values: [raw.get(spelling)].flat().map(String), spelling, origin: `option ${spelling}` }
  })
  return { ...DEFAULTS, log: 'off', ...parsed, seed: [seed].flat() }
}
