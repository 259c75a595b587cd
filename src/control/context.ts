import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'

/** The world that an operation works on, and the others. */
export interface Context {
  readonly world: World
  readonly worlds: Worlds
  /** The address of the server, without a slash at the end. */
  readonly url: string
  /** Undefined when the edge is off. */
  readonly edge: EdgeControl | undefined
}
