import { onTestFinished } from 'vitest'
import { runCommand } from '../../src/cli/program.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { validateSeeds } from '../../src/emulator/validate-seeds.ts'

import { temporaryFolder } from './temporary.ts'

export { temporaryFolder } from './temporary.ts'

export interface CommandOptions {
  readonly environment?: Record<string, string>
  readonly workingDirectory?: string
  /** Called with each line when it is printed. */
  readonly onLine?: (line: string) => void
}

/** Runs the command in this process. A server that it starts is stopped when the test is over. */
export async function run(
  args: readonly string[],
  { environment = {}, workingDirectory = temporaryFolder(), onLine }: CommandOptions = {},
) {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const stops: (() => void)[] = []
  onTestFinished(() => {
    for (const stop of stops) stop()
  })
  const code = await runCommand(args, {
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
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') }
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
