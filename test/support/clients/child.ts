/** Runs programs as child processes that learn the address of the server from their environment. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'

export interface Outcome {
  readonly code: number | string
  /** What it printed to stdout and stderr. */
  readonly output: string
  readonly stdout: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Resolves even if the program fails: with its exit code, or the reason why it did not start. */
export function run(
  program: string,
  args: readonly string[],
  options: { env?: Environment; cwd?: string; timeout?: number } = {},
): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(program, args, { ...options, env: { ...env, ...options.env } }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? (error ? 'killed' : 0), output: `${stdout}${stderr}`, stdout })
    })
  })
}

/** For folders that several tests share; a single test uses `temporaryFolder`. */
export function disposableFolder() {
  const path = mkdtempSync(join(tmpdir(), 'mockflared-client-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
