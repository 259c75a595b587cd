import { durationOf } from '../../schemas/duration.ts'

/** Why a world was removed. */
export type Removal = 'deleted' | 'idle'

/** Our choice: far more than the worlds of a busy day, in a megabyte. */
const MAX_REMEMBERED = 10_000

/**
 * Remembers why worlds were removed. A client that still asks for one must not read that its tunnels
 * were deleted, nor search for the reason in the wrong place.
 */
export function createGoneWorlds(world_idle_ms: number) {
  const removals = new Map<string, Removal>()

  return {
    add: (id: string, removal: Removal): void => {
      removals.delete(id)
      removals.set(id, removal)
      const [oldest] = removals.size > MAX_REMEMBERED ? removals.keys() : []
      if (oldest !== undefined) removals.delete(oldest)
    },

    /** For a world that is not there. */
    explain: (id: string): string => `there is no world ${id}: ${reasonFor(removals.get(id))}`,
  }

  function reasonFor(removal: Removal | undefined): string {
    if (removal === 'deleted') return 'it was deleted'
    if (removal === 'idle') return `it was dropped after ${durationOf(world_idle_ms)} without a request`
    return 'it was never made here, or was lost with its replica'
  }
}
