/** Programs in processes of their own, whose output and end a test follows. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { type AddressInfo, createServer } from 'node:net'
import { setTimeout as wait } from 'node:timers/promises'

/** cloudflared lets requests in flight finish for 30 seconds. */
const EXIT_MS = 40_000

export interface Program {
  readonly pid: number
  /** What it printed to stdout and stderr. */
  readonly output: () => string
  /** How often its output contains this. */
  readonly count: (text: string | RegExp) => number
  /** Waits until it prints this; resolves with the match. */
  readonly printed: (text: RegExp, within_ms: number) => Promise<RegExpExecArray>
  readonly signal: (signal: NodeJS.Signals) => void
  /** Waits until it ends; resolves with the exit code, or the signal that ended it. */
  readonly exited: (within_ms?: number) => Promise<number | string>
  readonly hasEnded: () => boolean
  /** Kills it if it still runs, and waits for its end. */
  readonly close: () => Promise<void>
}

export function startProgram(
  file: string,
  args: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): Program {
  const child = spawn(file, args, { env, cwd, stdio: ['ignore', 'pipe', 'pipe'] })
  let output = ''
  const collect = (chunk: Buffer): void => {
    output += chunk
  }
  child.stdout.on('data', collect)
  child.stderr.on('data', collect)
  let isClosed = false
  const ended = endOf(child).finally(() => {
    isClosed = true
  })
  const hasEnded = (): boolean => child.exitCode !== null || child.signalCode !== null

  return {
    pid: child.pid ?? 0,
    output: () => output,
    count: text => output.split(text).length - 1,
    printed: async (text, within_ms) => {
      const deadline = performance.now() + within_ms
      for (;;) {
        const isLast = isClosed || performance.now() > deadline
        const match = text.exec(output)
        if (match) return match
        if (isLast) throw new Error(`${file} did not print ${text}`)
        await wait(50)
      }
    },
    signal: signal => {
      child.kill(signal)
    },
    exited: async (within_ms = EXIT_MS) => {
      const result = await Promise.race([ended, wait(within_ms, undefined, { ref: false })])
      if (result === undefined) throw new Error(`${file} did not end`)
      return result
    },
    hasEnded,
    close: async () => {
      // A stopped process takes no other signal.
      if (!hasEnded()) child.kill('SIGKILL')
      await ended
    },
  }
}

async function endOf(child: ChildProcess): Promise<number | string> {
  const [code, signal] = await once(child, 'close')
  return code ?? signal
}

/** A port that was free a moment ago, for programs that cannot choose one themselves. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  server.close()
  await once(server, 'close')
  return port
}
