import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { env, execPath } from 'node:process'
import { createInterface } from 'node:readline'

const ROOT = new URL('..', import.meta.url).pathname

export interface Memory {
  readonly heapUsed: number
  readonly external: number
  readonly rss: number
}

/** Starts the command in a process of its own, with the probe in it. */
export async function startServer(leak_bytes: number, options: readonly string[] = []) {
  const child = spawn(
    execPath,
    ['--expose-gc', '--import', './bench/soak-probe.ts', 'src/cli.ts', '--port', '0', '--log', 'off', ...options],
    { cwd: ROOT, env: { PATH: env.PATH, SOAK_LEAK: String(leak_bytes) }, stdio: ['ignore', 'pipe', 'inherit', 'ipc'] },
  )
  return {
    url: await urlOf(child),
    /** After a garbage collection, in bytes. */
    memory: async (): Promise<Memory> => {
      child.send('memory')
      const [memory] = await once(child, 'message')
      return memory
    },
    stop: async (): Promise<void> => {
      const closed = once(child, 'close')
      child.kill()
      await closed
    },
  }
}

export async function urlOf({ stdout }: ChildProcess): Promise<string> {
  if (!stdout) throw new Error('the output of the server is not a pipe')
  for await (const line of createInterface(stdout)) {
    const url = /CLOUDFLARE_BASE_URL=(\S+)\/client\/v4/.exec(line)?.[1]
    if (url) return url
  }
  throw new Error('the server did not start')
}
