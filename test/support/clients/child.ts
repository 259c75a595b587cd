/** Programs as child processes, each in a folder of its own, pointed at a server by nothing but their environment. */
import { execFile } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { env } from 'node:process'

export interface Outcome {
  readonly code: number | string
  /** What it printed, to either stream. */
  readonly said: string
  readonly stdout: string
}

type Environment = Readonly<Record<string, string | undefined>>

/** Resolves also when it fails: with its exit code, or why it could not be started. */
export function run(
  program: string,
  args: readonly string[],
  options: { env?: Environment; cwd?: string; timeout?: number } = {},
): Promise<Outcome> {
  return new Promise(resolve => {
    execFile(program, args, { ...options, env: { ...env, ...options.env } }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? (error ? 'killed' : 0), said: `${stdout}${stderr}`, stdout })
    })
  })
}

/** A folder that goes when it is disposed of. */
export function folder() {
  const path = mkdtempSync(join(tmpdir(), 'mockflared-client-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
