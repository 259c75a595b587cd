import type { ScenarioStep } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { World } from '../world/world.ts'
import type { WorldData } from './world-data.ts'

/** Called when a world starts, loads data or stops. */
export interface WorldHooks {
  /** The world accepts requests from now on. Returns a function that is called when it ends. */
  readonly started: (world: World) => () => void
  /**
   * The database was loaded from states, which may have a scenario, from another world or from a
   * file.
   */
  readonly loaded: (world: World, scenario: readonly ScenarioStep[], now: Timestamp) => void
  /** The database file has data from an earlier server. `loaded` is called next. */
  readonly reopened: (world: World) => void
  /** The server stops and the data stays in a file. */
  readonly stopping: (world: World) => void
}

/**
 * What resources and simulation add to worlds. The emulator passes it in, so that `worlds` imports
 * neither.
 */
export interface Extensions {
  readonly data: WorldData
  readonly hooks: WorldHooks
}
