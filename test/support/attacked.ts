import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { startServer } from '../../bench/soak-server.ts'
import { ACCOUNT } from './emulator.ts'
import { answersIn, open, talk } from './socket.ts'

export const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
export const HEADERS = 'Host: localhost\r\nAuthorization: Bearer t\r\n'

const MEGABYTE = 1024 * 1024

/** What memory may still be held when an attack is over: pools and code that ran for the first time. */
const LEFT_MB = { heap: 12, rss: 150 }

/** Longest time that somebody else waits for an answer while an attack goes on. A busy machine has its share in it. */
const PATIENCE_MS = 10_000

export function post(body: string | Buffer, path = TUNNELS): Buffer {
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${HEADERS}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ])
}

/** The server as a process of its own, for all tests of a file: what one of them broke, the next one would notice. */
export async function startAttacked() {
  const server = await startServer(0)
  const port = Number(new URL(server.url).port)
  const control = async (method: string, path: string, body?: object, world = ''): Promise<unknown> => {
    const url = `${server.url}${world}/_mockflared${path}`
    return (await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })).json()
  }

  /** That somebody else is served, in the envelope and before long. */
  const expectService = async (): Promise<void> => {
    const signal = AbortSignal.timeout(PATIENCE_MS)
    const response = await fetch(`${server.url}${TUNNELS}?per_page=1`, {
      headers: { authorization: 'Bearer t' },
      signal,
    })
    expect(response.status).toBe(200)
    expect(await response.json()).toMatchObject({ success: true, errors: [], result_info: { page: 1 } })
  }

  return {
    ...server,
    port,
    control,
    expectService,

    /** Sends bytes and takes the answers until the server hangs up. */
    ask: async (...parts: readonly (string | Buffer)[]) => answersIn(await talk(port, ...parts)),

    /** Many connections at once, which stay until the attack is over. */
    crowd: (size: number): Promise<Socket[]> => Promise.all(Array.from({ length: size }, () => open(port))),

    /** Others are served while the attack goes on, and when it is over memory is as it was. */
    withstand: async (attack: () => Promise<readonly Socket[]>): Promise<void> => {
      await expectService()
      const before = await server.memory()
      const sockets = await attack()
      await expectService()
      for (const socket of sockets) socket.destroy()
      await setTimeout(500)
      await expectService()
      const after = await server.memory()
      const held = (of: 'heapUsed' | 'external' | 'rss'): number => (after[of] - before[of]) / MEGABYTE
      expect(held('heapUsed') + held('external')).toBeLessThan(LEFT_MB.heap)
      expect(held('rss')).toBeLessThan(LEFT_MB.rss)
    },
  }
}

/** A connection that is opened, used and torn down at once. */
export function hitAndRun(port: number, bytes: Buffer | string): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()))
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })
}
