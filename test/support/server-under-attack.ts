import { connect, type Socket } from 'node:net'
import { setTimeout } from 'node:timers/promises'
import { expect } from 'vitest'
import { startServer } from '../../bench/soak-server.ts'
import { ACCOUNT } from './emulator.ts'
import { open, responsesIn, talk } from './socket.ts'

export const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
export const HEADERS = 'Host: localhost\r\nAuthorization: Bearer t\r\n'

const MEGABYTE = 1024 * 1024

/** Memory that may remain after an attack: pools, and code that ran for the first time. */
const MAX_GROWTH_MB = { heap: 12, rss: 150 }

/** The longest another client may wait during an attack. It allows for a busy machine. */
const MAX_WAIT_MS = 10_000

export function post(body: string | Buffer, path = TUNNELS): Buffer {
  return Buffer.concat([
    Buffer.from(`POST ${path} HTTP/1.1\r\n${HEADERS}Content-Length: ${Buffer.byteLength(body)}\r\n\r\n`),
    Buffer.from(body),
  ])
}

/**
 * Starts the server in its own process, for all tests of a file, so that a test notices the damage
 * of an earlier one.
 */
export async function startServerUnderAttack() {
  const server = await startServer(0)
  const port = Number(new URL(server.url).port)
  const control = async (method: string, path: string, body?: object, world = ''): Promise<unknown> => {
    const url = `${server.url}${world}/_mockflared${path}`
    return (await fetch(url, { method, ...(body && { body: JSON.stringify(body) }) })).json()
  }

  /** Expects that another client gets a complete response soon. */
  const expectService = async (): Promise<void> => {
    const signal = AbortSignal.timeout(MAX_WAIT_MS)
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

    /** Sends bytes and returns the responses until the server closes the connection. */
    send: async (...parts: readonly (string | Buffer)[]) => responsesIn(await talk(port, ...parts)),

    /** Opens many connections at once, which stay open until the attack is over. */
    openMany: (size: number): Promise<Socket[]> => Promise.all(Array.from({ length: size }, () => open(port))),

    /**
     * Expects that other clients are served during and after the attack, and that memory returns.
     */
    expectToWithstand: async (attack: () => Promise<readonly Socket[]>): Promise<void> => {
      await expectService()
      const before = await server.memory()
      const sockets = await attack()
      await expectService()
      for (const socket of sockets) socket.destroy()
      await setTimeout(500)
      await expectService()
      const after = await server.memory()
      const growthMb = (of: 'heapUsed' | 'external' | 'rss'): number => (after[of] - before[of]) / MEGABYTE
      expect(growthMb('heapUsed') + growthMb('external')).toBeLessThan(MAX_GROWTH_MB.heap)
      expect(growthMb('rss')).toBeLessThan(MAX_GROWTH_MB.rss)
    },
  }
}

/** Opens a connection, sends bytes and resets the connection at once. */
export function sendAndReset(port: number, bytes: Buffer | string): Promise<void> {
  return new Promise(resolve => {
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes, () => socket.resetAndDestroy()))
    socket.on('error', () => {})
    socket.once('close', () => resolve())
  })
}
