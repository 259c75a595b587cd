/** The blocks of code of a page, and how to run them as a reader does. */
import { execFile } from 'node:child_process'
import { chmodSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { env, execPath } from 'node:process'
import { promisify } from 'node:util'
import { COMPILE_CACHE } from './compile-cache.ts'
import { temporaryFolder } from './temporary.ts'

const run = promisify(execFile)

/** `language` is all that stands behind the opening fence. */
export function blocks(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\n([^]*?)^\`\`\``, 'gm'))].map(([, code = '']) => code)
}

/**
 * A folder with the command `mockflared`, as in an installed package, and with `cloudflared`: the
 * one in CLOUDFLARED_BIN, or a program that stands for it.
 */
export function commandFolder(): string {
  const standIn = [execPath, resolve('test/support/edge/cloudflared-program.ts')]
  const cloudflared = env.CLOUDFLARED_BIN ? [env.CLOUDFLARED_BIN] : standIn
  const folder = temporaryFolder({
    mockflared: scriptFor([execPath, resolve('src/cli.ts')]),
    cloudflared: scriptFor(cloudflared),
  })
  for (const name of ['mockflared', 'cloudflared']) chmodSync(join(folder, name), 0o755)
  return folder
}

function scriptFor(words: readonly string[]): string {
  return `#!/bin/sh\nexport NODE_COMPILE_CACHE='${COMPILE_CACHE.NODE_COMPILE_CACHE}'\nexec ${words.map(word => `'${word}'`).join(' ')} "$@"\n`
}

/** Fails if a command fails, or if curl gets an error status. */
export function strict(code: string): readonly string[] {
  return ['-euc', code.replaceAll(/^curl /gm, 'curl --silent --show-error --fail-with-body ')]
}

/** Runs a block in a folder with the commands; by default in a new one. */
export function runShell(code: string, environment: NodeJS.ProcessEnv, folder = commandFolder()) {
  return run('bash', strict(code), { env: { ...environment, PATH: `${folder}:${environment.PATH}` }, cwd: folder })
}
