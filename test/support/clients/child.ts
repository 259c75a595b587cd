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
  { input = '', ...options }: { env?: Environment; cwd?: string; timeout?: number; input?: string } = {},
): Promise<Outcome> {
  return new Promise(resolve => {
    const child = execFile(program, args, { ...options, env: { ...env, ...options.env } }, (error, stdout, stderr) => {
      resolve({ code: error?.code ?? (error ? 'killed' : 0), output: `${stdout}${stderr}`, stdout })
    })
    child.stdin?.end(input)
  })
}

/** The output of a program that must succeed. */
export function outputOf({ code, output }: Outcome): string {
  if (code !== 0) throw new Error(`it ended with ${code}:\n${output}`)
  return output
}

/** For folders that several tests share; a single test uses `temporaryFolder`. */
export function disposableFolder() {
  const path = mkdtempSync(join(tmpdir(), 'mockflared-client-'))
  return { path, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}
