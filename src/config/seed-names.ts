import type { Options } from '../../schemas/options.ts'

/** The seeds as they were given, for people. */
export function seedNames(seeds: Options['seed']): string[] {
  return seeds.map(seed => (typeof seed === 'string' ? seed : 'a state'))
}
