import type { State } from '../../schemas/state.ts'
import { normalised, timestampOf } from '../../schemas/time.ts'
import { readSeeds } from '../config/seed-files.ts'
import { PRODUCTS } from '../resources/products.ts'
import { createIds } from '../world/ids.ts'
import { runAtOnce } from '../worlds/turns.ts'

/**
 * Validates seeds as a server does that loads all of them; `clock` is the time at which its clock
 * is frozen. Throws an Error that names the seed and the invalid value.
 */
export function validateSeeds(seeds: readonly (string | State)[], clock?: string): readonly State[] {
  const named = seeds.flatMap(readSeeds)
  const { uuid, secret } = createIds(undefined, '')
  const now = clock === undefined ? timestampOf(Date.now() * 1_000) : normalised(clock)
  runAtOnce(PRODUCTS.data.validate(named, { uuid, secret, now }))
  return named.map(({ state }) => state)
}
