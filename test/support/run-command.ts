import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { runCommand } from '../../src/cli/program.ts'
import { createEmulator, type EmulatorOptions } from '../../src/emulator/emulator.ts'
import { validateSeeds } from '../../src/emulator/validate-seeds.ts'

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

/** A folder with these files, removed when the test is over. An object is written as JSON. */
export function temporaryFolder(files: Record<string, string | object> = {}): string {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  for (const [name, content] of Object.entries(files)) {
    writeFileSync(join(folder, name), typeof content === 'string' ? content : JSON.stringify(content))
  }
  return folder
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
