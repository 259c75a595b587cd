import type { IncomingMessage, ServerResponse } from 'node:http'
import type { FastifyRequest } from 'fastify'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { ControlSettings, PageSettings } from '../../schemas/option-groups.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { type Address, addressOf } from '../config/paths.ts'
import type { Worlds } from '../worlds/registry.ts'
import type { ConsoleFiles } from './console/files.ts'
import type { InProgress } from './in-progress.ts'

/**
 * Sees each request when it arrives, and the response when it is over. What the router found is in
 * `contextOf(request).routed` by then.
 */
export type RequestObserver = (request: IncomingMessage, response: ServerResponse) => void

/** The metrics of one emulator, as plain objects that may go to another thread. */
export type Figures = readonly object[]

/**
 * The parts that each emulator has for itself. All emulators of a process share routes and hooks,
 * so each request carries its emulator.
 */
export interface EmulatorContext {
  readonly worlds: Worlds
  readonly control: ControlSettings
  readonly pages: PageSettings
  readonly consoleFiles: ConsoleFiles
  /** The URL of the emulated API, without a slash at the end. */
  readonly url: () => string
  /** The URL of the port that serves nothing but the control plane; undefined without one. */
  readonly controlURL: () => string | undefined
  /** Undefined when the edge is off. */
  readonly edge: () => EdgeControl | undefined
  readonly observers: readonly RequestObserver[]
  /** Reads the metrics of this emulator; undefined without `--metrics`. */
  readonly figures: (() => Promise<Figures>) | undefined
  readonly inProgress: InProgress
  /** In real time. */
  readonly started_at: Timestamp
  /** Aborted when the emulator closes; everything that waits must stop then. */
  readonly closing: AbortSignal
}

/** The emulator and the address of a request, attached before the router sees it. */
interface RequestContext {
  readonly emulator: EmulatorContext
  readonly address: Address
  /** Undefined until the router has found a route, or none. */
  routed?: FastifyRequest
}

declare module 'node:http' {
  interface IncomingMessage {
    context?: RequestContext
  }
}

declare module 'fastify' {
  interface FastifyRequest {
    emulator: EmulatorContext
  }
  interface FastifyContextConfig {
    /** Whether a route responds the same in every world, even in one that does not exist. */
    any_world?: boolean
  }
}

/** Call this before a request goes to the router. */
export function attachContext(emulator: EmulatorContext, request: IncomingMessage, response: ServerResponse): void {
  request.context = { emulator, address: addressOf(request.url ?? '/') }
  for (const observe of emulator.observers) observe(request, response)
}

export function contextOf({ context }: IncomingMessage): RequestContext {
  if (!context) throw new Error('the request has no emulator')
  return context
}
