import { statSync } from 'node:fs'
import type { Options } from '../../schemas/options.ts'
import type { CliHost } from './host.ts'
import { seedFilesIn } from './watch-seeds.ts'

/** After this long, somebody who waits wants to know what for. */
const PATIENCE_MS = 1_000

type TerminalHost = Pick<CliHost, 'isInteractive' | 'printError'>

/** Says on stderr what takes long, if a person is there to read it. */
export async function withProgress<T>(text: string, host: TerminalHost, work: Promise<T>): Promise<T> {
  const timer = host.isInteractive ? setTimeout(() => host.printError(`${text} …`), PATIENCE_MS) : undefined
  try {
    return await work
  } finally {
    clearTimeout(timer)
  }
}

/** Loading takes more than a second from here on (measured: 10,000 tunnels, 2.5 MB, in 1.3 s). */
const LARGE_BYTES = 2_000_000

/** Loading seeds keeps the process busy, so this has to be said before. */
export function announceLargeSeeds({ seed = [] }: Partial<Options>, host: CliHost): void {
  const bytes = seedFilesIn(seed, host.workingDirectory).reduce((sum, file) => sum + sizeOf(file), 0)
  if (host.isInteractive && bytes >= LARGE_BYTES) host.printError(`loading ${Math.round(bytes / 1e6)} MB of seeds …`)
}

/** 0 for a file that is not there, which is reported later. */
function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}
