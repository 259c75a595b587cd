/** The public types of the library. This file imports no code of the server. */
import type { TunnelAddress } from '../../schemas/control/connector.ts'
import type { Control } from '../../schemas/control/control.ts'
import type { LibraryOptions } from '../config/library-options.ts'
import type { InjectRequest, InjectResponse } from './inject-types.ts'

export interface EmulatorOptions extends LibraryOptions {
  /** False: opens no socket; send requests with `fetch` or `inject`. */
  readonly listen?: boolean
}

/** Sends a request without a socket, as Fastify's `inject` does. */
export type Inject = (request: InjectRequest) => Promise<InjectResponse>

export interface Emulator extends AsyncDisposable {
  /**
   * `public_url`, or else the URL where the emulator listens. If it does not listen, only the
   * `fetch` of this emulator can use this URL.
   */
  readonly url: string
  /** The base URL for an SDK. */
  readonly baseURL: string
  /** The URL of the main world's control plane; empty if there is none over HTTP. */
  readonly controlURL: string
  /** The URL of the main world's console, for a browser; empty if there is none. */
  readonly consoleURL: string
  /** The URL where the emulator listens with TLS; empty if TLS is off. */
  readonly tlsURL: string
  /** The file with the CA that clients must trust; empty without TLS, or with `tls_cert`. */
  readonly caFile: string
  /** Where cloudflared connects, as HOST:PORT; empty if the edge is off. */
  readonly edgeAddress: string
  /** The URL of the gateway, which leads visitors through tunnels; empty if the edge is off. */
  readonly gatewayURL: string
  /** The file with the CA that cloudflared must trust; empty if the edge is off. */
  readonly edgeCaFile: string
  /**
   * Environment variables that point clients at the main world: base URL, account, token. With TLS,
   * also those that make clients trust `caFile`.
   */
  readonly env: Record<string, string>
  /**
   * Environment variables with which a real `cloudflared tunnel run` connects to the edge and runs a
   * tunnel of the main world, by its name, its id or its address. Rejects with one line when the edge
   * is off, or when no such tunnel exists.
   */
  readonly envOf: (tunnel: string | TunnelAddress) => Promise<Record<string, string>>
  /** The control plane of the main world. */
  readonly control: Control
  /** The control plane of another world; operations reject if no world has this id. */
  readonly controlOf: (world: string) => Control
  /** A fetch without a socket, for this emulator only. Pass it to an SDK as its `fetch`. */
  readonly fetch: typeof fetch
  /** Sends a request without a socket, as Fastify's `inject` does. */
  readonly inject: Inject
  /** Completes pending requests, then closes the databases. Calling it again has no effect. */
  readonly close: () => Promise<void>
}
