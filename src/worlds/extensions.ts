import type { WorldSummary } from '../../schemas/control/world.ts'
import type { ScenarioStep } from '../../schemas/state.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from '../store/database.ts'
import type { World } from '../world/world.ts'
import type { WorldData } from './world-data.ts'

/** How a world ends: another one took its place and its id, or it was deleted. */
export type WorldEnd = 'replaced' | 'removed'

/** What a list of worlds shows, without addresses and real times. */
export type WorldFacts = Pick<WorldSummary, 'now' | 'frozen' | 'tunnels' | 'statuses' | 'requests' | 'faults'>

/** Called when a world starts, loads data or stops. */
export interface WorldHooks {
  /** The world accepts requests from now on. Returns a function that is called when it ends. */
  readonly started: (world: World) => (end: WorldEnd) => void
  /**
   * Called next, unless a server starts without data. The database was loaded from states, which
   * may have a scenario, from another world or from a file, or it is empty.
   */
  readonly loaded: (world: World, scenario: readonly ScenarioStep[], now: Timestamp) => void
  /** Called between them if the database file has data from an earlier server. */
  readonly reopened: (world: World) => void
  /** The steps of a scenario that are still to come. A snapshot has them. */
  readonly stepsToCome: (world: World, now: Timestamp) => readonly ScenarioStep[]
  /** What a list of worlds shows of it. */
  readonly factsOf: (world: World, now: Timestamp) => WorldFacts
  /** What a list shows when the server of the world stopped. */
  readonly factsAfterStop: (facts: WorldFacts) => WorldFacts
  /** A world that runs was copied to this database, for another world. */
  readonly copied: (db: Database) => void
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

export interface WorldLimits {
  /** Maximum number of worlds, not counting the main one. */
  readonly max_worlds: number
  /** Whether a load balancer chooses the server of a world by its family. */
  readonly behind_balancer: boolean
  /** The most worlds that are open at a time, the main one included. By default all are open. */
  readonly max_open?: number
  /** Whether one more is refused, instead of closing another one. */
  readonly keeps_open?: boolean
  /** Deletes a world after this time without use, in real time. The main world stays. */
  readonly world_idle_ms: number
  /** Whether nobody sees the main world. Then it stays empty. */
  readonly hides_main?: boolean
}
