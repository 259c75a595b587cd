import { onTestFinished } from 'vitest'
import { runCommand } from '../../src/cli/program.ts'
import { createEmulator, type Emulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { temporaryFolder } from './temporary.ts'

export { temporaryFolder } from './temporary.ts'

export interface Surroundings {
  readonly environment?: Record<string, string>
  readonly folder?: string
  /** Sees each line as it is printed. */
  readonly onLine?: (line: string) => void
}

/** The command without a process. A server that it starts is gone when the test is over. */
export async function run(args: readonly string[], { environment = {}, folder, onLine }: Surroundings = {}) {
  const [stdout, stderr]: [string[], string[]] = [[], []]
  const stops: (() => void)[] = []
  onTestFinished(() => {
    for (const stop of stops) stop()
  })
  const code = await runCommand(args, {
    environment,
    folder: folder ?? temporaryFolder(),
    print: text => {
      stdout.push(text)
      onLine?.(text)
    },
    complain: text => stderr.push(text),
    importModule: url => import(url),
    // Its log would go to the stdout of the tests.
    createEmulator: options => createEmulator({ ...options, log: 'off' }),
    onStop: stop => stops.push(stop),
  })
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') }
}

/** A server on a port, and the command pointed at it. */
export async function startServer(options: EmulatorOptions = {}) {
  const emulator: Emulator = await createEmulator({ port: 0, ...options })
  onTestFinished(() => emulator.close())
  return {
    ...emulator,
    control: emulator.control,
    run: (...args: readonly string[]) => run(args, { environment: { MOCKFLARED_URL: emulator.url } }),
  }
}
