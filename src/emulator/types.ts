/** The public types of the library. They reach no code of the server. */
import type { Control } from '../../schemas/control/control.ts'
import type { LibraryOptions } from '../config/library-options.ts'
import type { InjectRequest, InjectResponse } from './inject-types.ts'

export interface EmulatorOptions extends LibraryOptions {
  /** False: no socket at all; requests come through `fetch` and `inject`. */
  readonly listen?: boolean
}

/** Sends a request without a socket, as Fastify's `inject` does. */
export type Inject = (request: InjectRequest) => Promise<InjectResponse>

export interface Emulator extends AsyncDisposable {
  /**
   * `public_url`, or the address that it listens on. Without a socket: an address that only `fetch`
   * can use.
   */
  readonly url: string
  /** The base URL for an SDK. */
  readonly baseURL: string
  /** The address of the main world's control plane; empty when there is none over HTTP. */
  readonly controlURL: string
  /** The variables that point programs at the main world: base URL, account, token. */
  readonly env: Record<string, string>
  /** The control plane of the main world. */
  readonly control: Control
  /**
   * The control plane of another world; each operation rejects when there is no world with this id.
   */
  readonly controlOf: (world: string) => Control
  /** A fetch that reaches only `url`, without a socket. Give it to an SDK as its `fetch`. */
  readonly fetch: typeof fetch
  /** Sends a request without a socket, as Fastify's `inject` does. */
  readonly inject: Inject
  /** Answers the requests in progress, then closes the databases. Calling it again does nothing. */
  readonly close: () => Promise<void>
}
