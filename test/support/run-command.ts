import { onTestFinished } from 'vitest'
import { runCommand } from '../../src/cli/program.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { validateSeeds } from '../../src/emulator/validate-seeds.ts'

import { temporaryFolder } from './temporary.ts'

export { temporaryFolder } from './temporary.ts'

export interface CommandOptions {
  readonly environment?: Record<string, string>
  readonly workingDirectory?: string
  readonly isInteractive?: boolean
  /** What the attempt to open a browser gives. */
  readonly openUrl?: (url: string) => Promise<boolean>
  /** Called with each line when it is printed. */
  readonly onLine?: (line: string) => void
}

/** Runs the command in this process. A server that it starts is stopped when the test is over. */
export function run(args: readonly string[], options?: CommandOptions) {
  return start(args, options).ended
}

/** Starts the command in this process. `stop` is the signal that ends a server or `--follow`. */
export function start(
  args: readonly string[],
  { environment = {}, workingDirectory = temporaryFolder(), onLine, ...host }: CommandOptions = {},
) {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const stops: (() => void)[] = []
  const stop = (): void => {
    for (const one of stops) one()
  }
  onTestFinished(stop)
  const code = runCommand(args, {
    isInteractive: false,
    openUrl: async () => false,
    ...host,
    environment,
    workingDirectory,
    print: text => {
      stdout.push(text)
      onLine?.(text)
    },
    printError: text => stderr.push(text),
    // The log of the server would go to the stdout of the tests.
    createEmulator: options => createEmulator({ ...options, log: 'off' }),
    validateSeeds: async (seeds, clock) => validateSeeds(seeds, clock),
    onStop: stop => stops.push(stop),
  })
  const resultOf = (code: number) => ({ code, stdout: stdout.join('\n'), stderr: stderr.join('\n') })
  return { stop, ended: code.then(resultOf) }
}

/** Starts a server on a port. Its `run` runs the command against it. */
export async function startServer(options: EmulatorOptions = {}) {
  const emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  return {
    ...emulator,
    control: emulator.control,
    run: (...args: readonly string[]) => run(args, { environment: { MOCKFLARED_URL: emulator.url } }),
  }
}
