import { execFile } from 'node:child_process'
import { env, execPath } from 'node:process'
import { COMPILE_CACHE } from './compile-cache.ts'

/** Runs a file of `scripts/` to its end. */
export function runScript(name: string, args: readonly string[], environment: NodeJS.ProcessEnv = {}) {
  return new Promise<{ code: unknown; stdout: string; stderr: string }>(resolve => {
    const options = { env: { PATH: env.PATH, ...COMPILE_CACHE, ...environment } }
    execFile(execPath, [`scripts/${name}.ts`, ...args], options, (error, stdout, stderr) =>
      resolve({ code: error ? error.code : 0, stdout, stderr }),
    )
  })
}
