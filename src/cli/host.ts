/**
 * What a command has of the process that it runs in. Commands use the process only through this
 * interface, and a server only through its URL: they start fast, since they load none of the code
 * of the server.
 */
import type { Options } from '../../schemas/options.ts'
import type { State } from '../../schemas/state.ts'
import type { Control } from '../client.ts'
import type { Environment } from '../config/resolve.ts'

/** The part of an emulator that commands use. */
export interface Server {
  readonly url: string
  readonly baseURL: string
  /** Empty if there is no console. */
  readonly consoleURL: string
  /** Empty if TLS is off. */
  readonly tlsURL: string
  /** Empty if the edge is off; the next two also. */
  readonly edgeAddress: string
  readonly gatewayURL: string
  readonly edgeCaFile: string
  readonly env: Readonly<Record<string, string>>
  readonly control: Control
  readonly close: () => Promise<void>
}

export interface CliHost {
  readonly environment: Environment
  readonly workingDirectory: string
  /** Whether a person reads stderr as it is written. */
  readonly isInteractive: boolean
  /** Writes a line to stdout. */
  readonly print: (text: string) => void
  /** Writes a line to stderr. */
  readonly printError: (text: string) => void
  /** Only commands that need the code of the server call it. */
  readonly createEmulator: (options: Partial<Options> & { readonly listen?: boolean }) => Promise<Server>
  /**
   * Reads seeds. Rejects with an Error that names the seed and the place in it when no world can
   * start from them.
   */
  readonly validateSeeds: (seeds: readonly (string | State)[], clock?: string) => Promise<readonly State[]>
  /** Opens a page in the browser. Resolves with false where that is not possible. */
  readonly openUrl: (url: string) => Promise<boolean>
  /** Calls `stop` when the process receives SIGTERM or SIGINT. */
  readonly onStop: (stop: () => void) => void
}
