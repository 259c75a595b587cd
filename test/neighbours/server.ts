import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { execPath } from 'node:process'
import { urlOf } from '../../bench/soak-server.ts'
import { COMPILE_CACHE } from '../support/compile-cache.ts'
import { ACCOUNT } from '../support/emulator.ts'
import type { LoopUse } from '../support/loop-probe.ts'
import { manyTunnels } from '../support/many-tunnels.ts'

const ROOT = new URL('../..', import.meta.url).pathname

export const TUNNELS = `/client/v4/accounts/${ACCOUNT}/cfd_tunnel`
export const CONTROL = '/_mockflared'

/** Of a tunnel of the seed. */
export const TUNNEL_ID = '00000001-0000-4000-8000-000000000001'

const RULES = Array.from({ length: 15_000 }, (_rule, nth) => ({
  hostname: `app-${nth}.example.com`,
  service: 'http://localhost',
}))

/** Almost 1 MiB, which is the limit of a body. */
export const LARGE_CONFIGURATION = JSON.stringify({ config: { ingress: [...RULES, { service: 'http_status:404' }] } })

interface Answer {
  readonly status: number
  readonly took_ms: number
  readonly body: Buffer
}

type Call = (method: string, path: string, body?: string) => Promise<Answer>

/**
 * Starts the command in its own process, with a seed of this size and a probe of its event loop.
 * `isStored`: keeps the worlds in a folder.
 */
export async function startNeighbours(tunnels: number, isStored = false, options: readonly string[] = []) {
  const folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
  const seed = join(folder, 'seed.json')
  const state = JSON.stringify(manyTunnels(tunnels))
  writeFileSync(seed, state)
  const args = ['src/cli.ts', '--port', '0', '--log', 'off', '--seed', seed, ...options]
  if (isStored) args.push('--db', join(folder, 'data/'))
  const child = spawn(execPath, ['--import', './test/support/loop-probe.ts', ...args], {
    cwd: ROOT,
    env: COMPILE_CACHE,
    stdio: ['ignore', 'pipe', 'inherit', 'ipc'],
  })
  const url = await urlOf(child)
  const agent = new Agent({ keepAlive: true })
  const call: Call = (method, path, body) =>
    new Promise((resolve, reject) => {
      const before = performance.now()
      const headers = { authorization: 'Bearer token', ...(body && { 'content-length': Buffer.byteLength(body) }) }
      const sent = request(`${url}${path}`, { method, agent, headers }, response => {
        const chunks: Buffer[] = []
        response.on('data', chunk => chunks.push(chunk))
        response.once('end', () => {
          const [took_ms, status = 0] = [performance.now() - before, response.statusCode]
          resolve({ status, took_ms, body: Buffer.concat(chunks) })
        })
      })
      sent.once('error', reject).end(body)
    })

  return {
    state,
    call,
    /** How the event loop was used since the last call. */
    loopUse: async (): Promise<LoopUse> => {
      child.send('use')
      const [use] = await once(child, 'message')
      return use
    },
    stop: async (): Promise<void> => {
      agent.destroy()
      const closed = once(child, 'close')
      child.kill()
      await closed
      rmSync(folder, { recursive: true })
    },
  }
}

export type Neighbours = Awaited<ReturnType<typeof startNeighbours>>
