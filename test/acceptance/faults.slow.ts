/** What a real cloudflared does with each fault of the edge. */
import { describe, expect } from 'vitest'
import { check, RECONNECT_MS, secondsSince, within } from '../support/edge/check.ts'
import { ask } from '../support/edge/gateway-client.ts'
import { connectionsOf, expectStatus, liveConnections, startServing } from '../support/edge/serving.ts'
import type { Stage } from '../support/edge/stage.ts'

const SHOP = 'shop.example.com'

/** A cloudflared that meets a fault at its first registration. */
async function startWithFault(stage: Stage, fault: object) {
  const server = await stage.server()
  await server.plane('POST', '/edge/faults', fault)
  const tunnel = await server.createTunnel('shop')
  return { server, tunnel, cloudflared: stage.run(server, tunnel.token ?? '') }
}

describe('faults', () => {
  check('23a refuse_registration: retries after "Unauthorized"', async ({ stage, saw }) => {
    const fault = { times: 1, effect: { refuse_registration: {} } }
    const { server, tunnel, cloudflared } = await startWithFault(stage, fault)
    await cloudflared.printed(/Unauthorized: Failed to get tunnel/, 10_000)
    saw(`healthy ${await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)} after the refusal`)
  })

  check('23b refuse_registration: recovers from EDUPCONN', async ({ stage, saw }) => {
    const fault = { times: 1, effect: { refuse_registration: { cause: 'EDUPCONN' } } }
    const { server, tunnel, cloudflared } = await startWithFault(stage, fault)
    await cloudflared.printed(/already connected to this server/, 10_000)
    saw(`healthy ${await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)} after the refusal`)
  })

  check('23c refuse_registration: exits after any other text', async ({ stage, saw }) => {
    const fault = { effect: { refuse_registration: { cause: 'Out of order', should_retry: false } } }
    const { cloudflared } = await startWithFault(stage, fault)
    const start = performance.now()
    const code = await cloudflared.exited()
    expect(code).toBe(1)
    expect(cloudflared.output()).toContain('Out of order')
    saw(`exit ${code} after ${secondsSince(start)}`)
  })

  check('23d delay_registration: exits when the answer takes too long', async ({ stage, saw }) => {
    const late = await startWithFault(stage, { effect: { delay_registration: { ms: 6_000 } } })
    const start = performance.now()
    expect(await late.cloudflared.exited()).toBe(1)
    const exit = secondsSince(start)

    await late.server.plane('DELETE', '/edge/faults')
    await late.server.plane('POST', '/edge/faults', { effect: { delay_registration: { ms: 1_000 } } })
    stage.run(late.server, late.tunnel.token ?? '')
    saw(
      `6 s late: exit after ${exit}; 1 s late: healthy after ${await expectStatus(late.server, late.tunnel.id, 'healthy')}`,
    )
  })

  check('23e drop_connection: comes back', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    await server.plane('POST', '/edge/faults', { times: 1, conn_index: 0, effect: { drop_connection: {} } })
    await expectStatus(server, tunnel.id, 'degraded', 5_000)
    expect(await liveConnections(server, tunnel.id)).toHaveLength(3)
    saw(`degraded with 3 connections; healthy ${await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)} later`)
  })

  check('23f stall: requests wait, and nothing is lost', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    await server.plane('POST', '/edge/faults', { times: 1, conn_index: 1, effect: { stall: { ms: 12_000 } } })
    await within(5_000, async () => expect(await server.plane('GET', '/edge/faults')).toMatchObject([{ hits: 1 }]))
    const requests = Array.from({ length: 8 }, async () => {
      const start = performance.now()
      expect((await ask(server.gateway, { hostname: SHOP })).status).toBe(200)
      return performance.now() - start
    })
    const [fastest = 0, ...others] = (await Promise.all(requests)).toSorted((a, b) => a - b)
    const slowest = others.at(-1) ?? 0
    expect(fastest).toBeLessThan(3_000)
    expect(slowest).toBeGreaterThan(8_000)
    expect((await server.tunnel(tunnel.id)).status).toBe('healthy')
    expect(await server.events('connection_lost')).toEqual([])
    saw(
      `8 requests answered, the fastest in ${Math.round(fastest)} ms, the slowest in ${Math.round(slowest)} ms; stays healthy`,
    )
  })

  check('23g refuse_configuration, delay_configuration: the version lags', async ({ stage, saw }) => {
    const { server, tunnel, origin, cloudflared } = await startServing(stage)
    const configure = (hostname: string) => server.configure(tunnel.id, { hostname, service: origin.url })
    await server.plane('POST', '/edge/faults', { times: 1, effect: { refuse_configuration: true } })
    await configure('second.example.com')
    await within(5_000, async () => {
      expect(await server.plane('GET', '/edge/faults')).toMatchObject([{ hits: 1 }])
    })
    expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(1)
    expect((await cloudflared.config()).version).toBe(1)

    await server.plane('DELETE', '/edge/faults')
    await server.plane('POST', '/edge/faults', { effect: { delay_configuration: { ms: 2_000 } } })
    await configure('third.example.com')
    expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(1)
    const late = await within(10_000, async () => {
      expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(3)
    })
    expect((await cloudflared.config()).version).toBe(3)
    saw(`version 2 never sent; version 3 arrived ${late} after its PUT`)
  })

  check('23h corrupt_frame: exits', async ({ stage, saw }) => {
    const { cloudflared } = await startWithFault(stage, { effect: { corrupt_frame: true } })
    const start = performance.now()
    expect(await cloudflared.exited()).toBe(1)
    saw(`exit 1 after ${secondsSince(start)}`)
  })

  check('23i http_status, latency, cut_after: at the gateway', async ({ stage, saw }) => {
    const { server, origin } = await startServing(stage)
    const add = (path: string, effect: object) => server.plane('POST', '/edge/faults', { hostname: SHOP, path, effect })
    await add('/broken', { http_status: { status: 503 } })
    await add('/late', { latency: { ms: 700 } })
    await add('/bytes', { cut_after: { bytes: 1_000 } })

    expect((await ask(server.gateway, { hostname: SHOP, path: '/broken' })).status).toBe(503)
    expect(origin.requests).not.toContain('GET /broken')
    const start = performance.now()
    expect(await ask(server.gateway, { hostname: SHOP, path: '/late' })).toMatchObject({ status: 200, text: 'origin' })
    const latency_ms = performance.now() - start
    expect(latency_ms).toBeGreaterThanOrEqual(700)
    await expect(ask(server.gateway, { hostname: SHOP, path: '/bytes?size=100000' })).rejects.toThrow(
      /aborted|hang up|reset/i,
    )
    expect((await ask(server.gateway, { hostname: SHOP })).status).toBe(200)
    saw(`503 without the origin; ${Math.round(latency_ms)} ms; cut body is an error`)
  })

  check('23j edge-outage: down for half a minute, then back', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    await server.plane('POST', '/edge/faults', { preset: 'edge-outage' })
    await expectStatus(server, tunnel.id, 'down', 5_000)
    expect(await connectionsOf(server, tunnel.id)).toHaveLength(4)
    expect((await ask(server.gateway, { hostname: SHOP })).status).toBe(530)
    saw(`down at once, 530; healthy ${await expectStatus(server, tunnel.id, 'healthy', 2 * RECONNECT_MS)} later`)
  })

  check('23k flapping: loses connections again and again', async ({ stage, saw }) => {
    const { server } = await startServing(stage)
    await server.plane('POST', '/edge/faults', { preset: 'flapping' })
    const seconds = await within(RECONNECT_MS, async () => {
      expect((await server.events('connection_lost')).length).toBeGreaterThanOrEqual(2)
      expect((await server.events('connection_opened')).length).toBeGreaterThanOrEqual(5)
    })
    saw(`2 losses and a reconnection within ${seconds}`)
  })

  check('23l slow-propagation: is refused twice, then registers', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startWithFault(stage, { preset: 'slow-propagation' })
    const healthy = await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)
    expect(await server.events('registration_refused')).toHaveLength(2)
    expect(cloudflared.output()).toContain('Unauthorized')
    saw(`refused twice, healthy after ${healthy}`)
  })
})
