import type { IncomingMessage, ServerResponse } from 'node:http'
import { CONTROL_PREFIX } from '../../config/paths.ts'
import type { Directory } from './directory.ts'
import type { Groups } from './groups.ts'
import type { Changes } from './relay.ts'

/** The port of the emulated API, or that of the control plane. */
export type PortKind = 'api' | 'control'

/** A request on its way, and the group that has its world. */
export interface Visit {
  readonly kind: PortKind
  readonly request: IncomingMessage
  readonly response: ServerResponse
  readonly url: string
  /** The world in the path. */
  readonly world: string | undefined
  readonly group: number
  /** Whether the world of the request is there. */
  readonly is_known: boolean
}

export interface Router {
  readonly groups: Groups
  readonly directory: Directory
  /** Asks the thread of a group; rejects if it does not serve. */
  readonly ask: (visit: Visit, group: number, changes?: Changes) => Promise<IncomingMessage>
}

export class NotServing extends Error {
  override readonly name = 'NotServing'
}

/** In another group, the main world stands for the world of the request. */
export function urlOf({ world, group: own }: Visit, group: number, operation: string): string {
  return `${group === own && world !== undefined ? `/w/${world}` : ''}${CONTROL_PREFIX}${operation}`
}
