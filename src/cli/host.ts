/**
 * The verbs of the command, a noun a file. They know the process only as a Shell, and a server only by its URL: none of the
 * server's code is loaded for them, so that they start fast.
 */
import type { Control } from '../client.ts'
import type { ImportModule } from '../config/config-file.ts'
import type { Options } from '../config/options.ts'
import type { Environment } from '../config/resolve.ts'

/** What `serve` needs of an emulator. */
interface Server {
  readonly url: string
  readonly baseURL: string
  readonly control: Control
  readonly close: () => Promise<void>
}

/** What a verb has of the process that it runs in. */
export interface Shell {
  readonly environment: Environment
  /** The working directory. */
  readonly folder: string
  /** A line on stdout. */
  readonly print: (text: string) => void
  /** A line on stderr. */
  readonly complain: (text: string) => void
  /** A configuration file may be a module. */
  readonly importModule: ImportModule
  /** Composes a server; only `serve` does. */
  readonly createEmulator: (options: Partial<Options>) => Promise<Server>
  /** Somebody wants the process to end: SIGTERM or SIGINT. */
  readonly onStop: (stop: () => void) => void
}
