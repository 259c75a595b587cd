/** What the way through a real cloudflared costs, as ratios to a direct request. It runs alone. */
import { readFileSync } from 'node:fs'
import { Agent } from 'node:http'
import { resolve } from 'node:path'
import { env, execPath } from 'node:process'
import { describe, expect } from 'vitest'
import { check, within } from '../support/edge/check.ts'
import { ask, type GatewayAddress } from '../support/edge/gateway-client.ts'
import { bytesOf } from '../support/edge/origin.ts'
import { startProgram } from '../support/edge/process.ts'
import { startServing } from '../support/edge/serving.ts'
import { openWebsocket } from '../support/edge/websocket.ts'

const SHOP = 'shop.example.com'
/** In a process of its own, as in real life: otherwise a direct request never leaves this one. */
const ORIGIN = resolve('test/support/edge/origin-process.ts')

const MEBIBYTE = 1024 * 1024
const SIZE = 64 * MEBIBYTE

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN
}

async function timed(action: () => Promise<unknown>): Promise<number> {
  const start = performance.now()
  await action()
  return performance.now() - start
}

async function times(count: number, action: () => Promise<unknown>): Promise<number[]> {
  const all: number[] = []
  for (let run = 0; run < count; run++) all.push(await timed(action))
  return all
}

/** Requests a second, with so many at once. */
async function rate(gateway: GatewayAddress, parallel: number, total = 3_000): Promise<number> {
  using agent = disposableAgent(parallel)
  let left = total
  const worker = async (): Promise<void> => {
    while (left-- > 0) await ask(gateway, { hostname: SHOP, agent })
  }
  const ms = await timed(() => Promise.all(Array.from({ length: parallel }, worker)))
  return (total / ms) * 1_000
}

function disposableAgent(maxSockets: number): Agent & Disposable {
  const agent = new Agent({ keepAlive: true, maxSockets })
  return Object.assign(agent, { [Symbol.dispose]: () => agent.destroy() })
}

async function roundTrip(gateway: GatewayAddress): Promise<number> {
  const websocket = await openWebsocket(gateway, { hostname: SHOP, path: '/socket' })
  const all = await times(500, () => {
    websocket.send('ping')
    return websocket.next()
  })
  websocket.socket.destroy()
  return median(all.slice(100))
}

function residentKiB(pid: number): number {
  return Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1])
}

describe('speed', () => {
  check('25b keeps to the bars', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const origin = stage.use(startProgram(execPath, [ORIGIN], { PATH: env.PATH }, stage.folder))
    const [service = ''] = await origin.printed(/http:\S+/, 10_000)
    await server.configure(tunnel.id, { hostname: SHOP, service })
    await within(5_000, async () => expect((await cloudflared.config()).version).toBe(2))
    const direct = { host: '127.0.0.1', port: Number(new URL(service).port) }
    const both = async (measure: (gateway: GatewayAddress) => Promise<number>) => {
      const through = await measure(server.gateway)
      const straight = await measure(direct)
      return { through, straight, ratio: through / straight }
    }
    await rate(server.gateway, 8, 500)
    await rate(direct, 8, 500)

    const one = await both(async gateway => {
      using agent = disposableAgent(1)
      return median(await times(400, () => ask(gateway, { hostname: SHOP, agent })))
    })
    saw(`p50 ${one.through.toFixed(2)} / ${one.straight.toFixed(2)} ms = ${one.ratio.toFixed(1)} (≤ 10)`)
    const sixteen = await both(gateway => rate(gateway, 16))
    saw(
      `16 at once ${Math.round(sixteen.through)} / ${Math.round(sixteen.straight)} per s = ${sixteen.ratio.toFixed(2)} (≥ 0.15)`,
    )
    const many = await both(gateway => rate(gateway, 64))
    saw(
      `64 at once ${Math.round(many.through)} / ${Math.round(many.straight)} per s = ${many.ratio.toFixed(2)} (≥ 0.2)`,
    )

    const before = residentKiB(server.program.pid)
    const down = await both(async gateway =>
      median(await times(3, () => ask(gateway, { hostname: SHOP, path: `/bytes?size=${SIZE}` }))),
    )
    const body = Buffer.concat([...bytesOf(SIZE)])
    const up = await both(async gateway =>
      median(await times(3, () => ask(gateway, { hostname: SHOP, path: '/sum', method: 'POST', body }))),
    )
    const growth = (residentKiB(server.program.pid) - before) / 1024
    saw(
      `64 MiB down ${down.ratio.toFixed(1)} ×, up ${up.ratio.toFixed(1)} × (≤ 16); RSS +${growth.toFixed(0)} MiB (≤ 48)`,
    )
    const websocket = await both(roundTrip)
    saw(
      `websocket ${websocket.through.toFixed(2)} / ${websocket.straight.toFixed(2)} ms = ${websocket.ratio.toFixed(1)} (≤ 5)`,
    )

    expect.soft(one.ratio).toBeLessThanOrEqual(10)
    expect.soft(sixteen.ratio).toBeGreaterThanOrEqual(0.15)
    expect.soft(many.ratio).toBeGreaterThanOrEqual(0.2)
    expect.soft(down.ratio).toBeLessThanOrEqual(16)
    expect.soft(up.ratio).toBeLessThanOrEqual(16)
    expect.soft(growth).toBeLessThanOrEqual(48)
    expect.soft(websocket.ratio).toBeLessThanOrEqual(5)
  })
})
