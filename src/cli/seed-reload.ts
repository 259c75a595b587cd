import type { State } from '../../schemas/state.ts'

export interface ReloadableSeeds {
  /** Give these to a server. A reset of the server loads what they contain at that time. */
  readonly states: readonly State[]
  /**
   * Reads the seeds again. Rejects, and changes nothing, when they are not valid. Returns a
   * function that puts the states back as they were.
   */
  readonly reload: () => Promise<() => void>
}

/**
 * Seeds whose content may change while a server uses them. `read` reads the seeds, and rejects when
 * they are not valid.
 */
export async function reloadableSeeds(read: () => Promise<readonly State[]>): Promise<ReloadableSeeds> {
  const states = copiesOf(await read())
  const replace = (others: readonly State[]): void => {
    for (const [index, state] of states.entries()) overwrite(state, others[index] ?? {})
  }
  return {
    states,
    reload: async () => {
      const fresh = copiesOf(await read())
      const before = copiesOf(states)
      replace(fresh)
      return () => replace(before)
    },
  }
}

function copiesOf(states: readonly State[]): readonly State[] {
  return states.map(state => ({ ...state }))
}

function overwrite(state: State, fresh: State): void {
  const removed = Object.keys(state).filter(key => !(key in fresh))
  Object.assign(state, Object.fromEntries(removed.map(key => [key, undefined])), fresh)
}
