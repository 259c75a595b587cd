/** How long others wait while a state of 100,000 tunnels, 93 MB of JSON, is read and written. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { Agent, request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startServer } from '../../bench/soak-server.ts'
import { manyTunnels } from '../support/many-tunnels.ts'

const TUNNELS = 100_000

/** The longest that a health check may take, on top of what it takes on an idle server. */
const MAX_WAIT_MS = 250

const STATE = JSON.stringify(manyTunnels(TUNNELS))
const CONTROL = '/_mockflared'

type Server = Awaited<ReturnType<typeof startServer>>

describe.each([
  ['in memory', 'seed'],
  ['in a file', 'db'],
])('a state of 100,000 tunnels %s', (_where, option) => {
  let server: Server
  let folder: string
  const agent = new Agent({ keepAlive: true })

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'mockflared-'))
    if (option === 'seed') writeFileSync(join(folder, 'seed'), STATE)
    server = await startServer(0, [`--${option}`, join(folder, option)])
  }, 300_000)
  afterAll(async () => {
    agent.destroy()
    await server.stop()
    rmSync(folder, { recursive: true })
  })

  const health = (): Promise<number> =>
    new Promise((resolve, reject) => {
      const before = performance.now()
      const asked = request(`${server.url}/healthz`, { agent }, response => {
        response.resume().once('end', () => resolve(performance.now() - before))
      })
      asked.once('error', reject).end()
    })

  /** The times of health checks, one after the other, while the work goes on. */
  const healthDuring = async (work: Promise<unknown>): Promise<readonly number[]> => {
    let isOver = false
    const end = (): void => {
      isOver = true
    }
    work.then(end, end)
    const times: number[] = []
    while (!isOver) {
      times.push(await health())
      await setTimeout(5)
    }
    return times
  }

  const send = async (method: string, path: string, body?: string): Promise<unknown> => {
    const response = await fetch(`${server.url}${CONTROL}${path}`, { method, ...(body !== undefined && { body }) })
    const answer = await response.text()
    expect(response.status).toBe(200)
    return answer.length
  }

  it.each<[string, [method: string, path: string, body?: string]]>([
    ['it is put', ['PUT', '/state', STATE]],
    ['it is read', ['GET', '/state']],
    ['it is saved', ['POST', '/snapshots', '{"name":"large"}']],
    ['its snapshot is read', ['GET', '/snapshots/large']],
    ['it is restored', ['POST', '/snapshots/large/restore', '{}']],
    ['a world is created from it', ['POST', '/worlds', '{"from":"current"}']],
    ['a world is created from its snapshot', ['POST', '/worlds', '{"from":"large"}']],
    ['it is put again', ['PUT', '/state', STATE]],
    ['it is replaced by the seed', ['POST', '/reset', '{"to":"seed"}']],
  ])('lets health checks through while %s', async (_what, call) => {
    const [idle, busy] = [await healthDuring(setTimeout(1_000)), await healthDuring(send(...call))]
    const [baseline = 0, worst = 0] = [idle, busy].map(times => times.toSorted((a, b) => a - b)).map(percentile99)

    expect(worst).toBeLessThan(MAX_WAIT_MS + baseline)
  })
})

/** A busy machine delays single checks, whatever the server does. */
function percentile99(sorted: readonly number[]): number {
  return sorted[Math.floor((sorted.length - 1) * 0.99)] ?? 0
}
