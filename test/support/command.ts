/**
 * Runs the command in its own process, as a user does, for tests of data that outlives a process.
 */
import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'
import { execPath } from 'node:process'
import { createInterface } from 'node:readline'
import { onTestFinished } from 'vitest'
import { COMPILE_CACHE } from './compile-cache.ts'
import { ACCOUNT } from './emulator.ts'

export { temporaryFile as temporary } from './temporary.ts'

/** Starts the command. `before` is a program that runs it, such as `unshare`. */
export function start(
  args: readonly string[],
  options: SpawnOptions = {},
  before: readonly string[] = [],
): ChildProcess {
  const [program = '', ...rest] = [...before, execPath, 'src/cli.ts', '--port', '0', '--log', 'off', ...args]
  const child = spawn(program, rest, {
    ...options,
    env: { ...COMPILE_CACHE, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => {
    child.kill('SIGKILL')
  })
  return child
}

/** Runs the command to its end. */
export async function run(args: readonly string[], options?: SpawnOptions) {
  const child = start(args, options)
  let stderr = ''
  child.stderr?.on('data', chunk => {
    stderr += chunk
  })
  const [code] = await once(child, 'close')
  return { code, stderr }
}

/** Starts the command and waits until it listens. Throws its stderr if it does not start. */
export async function serve(args: readonly string[], options?: SpawnOptions, before?: readonly string[]) {
  const child = start(args, options, before)
  let stderr = ''
  child.stderr?.on('data', chunk => {
    stderr += chunk
  })
  const baseURL = await readBaseURL(child)
  if (!baseURL) throw new Error(`did not start: ${stderr}`)

  const request = async (method: string, url: string, body?: object): Promise<{ status: number; json: unknown }> => {
    const response = await fetch(url, {
      method,
      headers: { authorization: 'Bearer token', connection: 'close' },
      ...(body && { body: JSON.stringify(body) }),
    })
    return { status: response.status, json: await response.json() }
  }
  const worldAt = (root: string) => ({
    /** Sends a request with a path relative to `cfd_tunnel` of the example account. */
    api: (method: string, path: string, body?: object) =>
      request(method, `${root}/client/v4/accounts/${ACCOUNT}/cfd_tunnel${path}`, body),
    control: (method: string, path: string, body?: object) => request(method, `${root}/_mockflared${path}`, body),
  })
  const root = baseURL.replace('/client/v4', '')
  return {
    pid: child.pid,
    ...worldAt(root),
    world: (id: string) => worldAt(`${root}/w/${id}`),
    kill: () => child.kill('SIGKILL'),
    stop: async (signal: NodeJS.Signals) => {
      child.kill(signal)
      if (child.exitCode === null && child.signalCode === null) await once(child, 'close')
      return child.exitCode
    },
  }
}

async function readBaseURL({ stdout }: ChildProcess): Promise<string | undefined> {
  if (!stdout) return undefined
  for await (const line of createInterface(stdout)) {
    const baseURL = /CLOUDFLARE_BASE_URL=(\S+)/.exec(line)?.[1]
    if (baseURL) return baseURL
  }
  return undefined
}
