import type { State } from '../../schemas/state.ts'
import { normalised, timestampOf } from '../../schemas/time.ts'
import { readSeeds } from '../config/seed-files.ts'
import { PRODUCTS } from '../resources/products.ts'
import { createIds } from '../world/ids.ts'

/**
 * Reads seeds as a server does that is started with all of them, on a clock that may stand still. Throws an Error that names
 * the seed and the place in it when no world could start from them.
 */
export function requirePlantable(seeds: readonly (string | State)[], clock?: string): readonly State[] {
  const named = seeds.flatMap(readSeeds)
  const { uuid, secret } = createIds(undefined, '')
  const now = clock === undefined ? timestampOf(Date.now() * 1_000) : normalised(clock)
  PRODUCTS.data.recordsOf(named, { uuid, secret, now })
  return named.map(({ state }) => state)
}

export interface PlantedSeeds {
  /** What a server is given: it plants what these hold at the moment of a reset. */
  readonly states: readonly State[]
  /** Reads the seeds anew. Throws, and leaves everything as it was, when they will not do. Gives back what undoes it. */
  readonly refresh: () => () => void
}

/** Seeds whose content may change under a server, whose clock may stand still. Throws when they will not do. */
export function plantedSeeds(seeds: readonly (string | State)[], clock: string | undefined): PlantedSeeds {
  const read = (): readonly State[] => requirePlantable(seeds, clock).map(state => ({ ...state }))
  const states = read()
  const replace = (others: readonly State[]): void => {
    for (const [index, state] of states.entries()) overwrite(state, others[index] ?? {})
  }
  return {
    states,
    refresh: () => {
      const before = states.map(state => ({ ...state }))
      replace(read())
      return () => replace(before)
    },
  }
}

function overwrite(state: State, fresh: State): void {
  const gone = Object.keys(state).filter(key => !(key in fresh))
  Object.assign(state, Object.fromEntries(gone.map(key => [key, undefined])), fresh)
}
