import type { ScenarioStep } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { World } from '../world/world.ts'
import type { WorldData } from './world-data.ts'

/** Called at the turning points in the life of a world. */
export interface WorldHooks {
  /** A world can be reached from now on. Returns a function that is called when it ends. */
  readonly started: (world: World) => () => void
  /**
   * Its database was filled from states or from another world. The scenario is that of the states.
   */
  readonly filled: (world: World, scenario: readonly ScenarioStep[], now: Timestamp) => void
  /** Its database holds what an earlier server left in a file. */
  readonly reopened: (world: World) => void
  /** The server stops, and the data of the world outlives it. */
  readonly stopping: (world: World) => void
}

/**
 * What other parts add to worlds. It is handed in, so that `worlds` imports neither resources nor
 * simulation.
 */
export interface Extensions {
  readonly data: WorldData
  readonly hooks: WorldHooks
}
