import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { ControlSettings, PageSettings } from '../../schemas/option-groups.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'

/** What an operation may know of the server. */
interface Server {
  readonly control: ControlSettings
  readonly pages: PageSettings
  /** In real time. */
  readonly started_at: Timestamp
}

/** The world that an operation works on, and the others. */
export interface Context {
  readonly world: World
  readonly worlds: Worlds
  /** The world in the path of the request; undefined for a path without one, so of the main world. */
  readonly named_world: string | undefined
  /** The address of the server, without a slash at the end. */
  readonly url: string
  /** Undefined when the edge is off. */
  readonly edge: EdgeControl | undefined
  readonly server: Server
  /** Whether the caller only watches, so that it does not keep the world alive. */
  readonly is_observation: boolean
}
