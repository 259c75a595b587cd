/** What worlds do to a real cloudflared: snapshots, resets, forks, clocks. */
import { describe, expect } from 'vitest'
import { check, RECONNECT_MS, secondsSince, within } from '../support/edge/check.ts'
import { ask } from '../support/edge/gateway-client.ts'
import { connectionsOf, expectStatus, liveConnections, REGISTER_MS, startServing } from '../support/edge/serving.ts'

describe('worlds', () => {
  check('11 keeps its connections over a restore', async ({ stage, saw }) => {
    const { server, tunnel, origin, cloudflared } = await startServing(stage)
    await server.control.saveSnapshot({ name: 'before' })
    await server.configure(tunnel.id, { hostname: 'new.example.com', service: origin.url })
    await within(5_000, async () => expect((await cloudflared.config()).version).toBe(2))

    const start = performance.now()
    await server.control.restoreSnapshot({ name: 'before' })
    expect((await server.tunnel(tunnel.id)).status).toBe('healthy')
    expect(await connectionsOf(server, tunnel.id)).toHaveLength(4)
    await within(5_000, async () => {
      expect(await ask(server.gateway, { hostname: 'shop.example.com' })).toMatchObject({ status: 200, text: 'origin' })
    })
    const seconds = secondsSince(start)
    expect(await ask(server.gateway, { hostname: 'new.example.com' })).toMatchObject({ status: 530 })
    await within(5_000, async () => expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(1))
    expect((await server.tunnel(tunnel.id)).status).toBe('healthy')
    expect(await liveConnections(server, tunnel.id)).toHaveLength(4)
    expect((await cloudflared.ready()).readyConnections).toBe(4)
    expect(cloudflared.output()).not.toContain('Lost connection')
    const { version } = await cloudflared.config()
    saw(`healthy throughout, 4 connections, old hostname serves after ${seconds}; API version 1, /config ${version}`)
  })

  check('12 is back after a reset and a restore', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const state = await server.control.getState()
    await server.control.reset({})
    expect(await server.control.listTunnels()).toEqual([])
    await cloudflared.printed(/Unauthorized: Tunnel not found/, RECONNECT_MS)

    await server.control.putState(state)
    const back = await expectStatus(server, tunnel.id, 'healthy', RECONNECT_MS)
    expect(await liveConnections(server, tunnel.id)).toHaveLength(4)
    expect(await connectionsOf(server, tunnel.id)).toHaveLength(4)
    expect((await ask(server.gateway, { hostname: 'shop.example.com' })).status).toBe(200)
    saw(`healthy ${back} after the restore, exactly 4 connections`)
  })

  check('13 stays in the original when a world is forked', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared } = await startServing(stage)
    const { id: world } = await server.control.createWorld({ from: 'current' })
    expect((await server.tunnel(tunnel.id, world)).status).toBe('healthy')
    expect(await liveConnections(server, tunnel.id, world)).toHaveLength(4)

    cloudflared.signal('SIGKILL')
    await expectStatus(server, tunnel.id, 'down', 3_000)
    expect((await server.tunnel(tunnel.id, world)).status).toBe('healthy')
    expect(await liveConnections(server, tunnel.id, world)).toHaveLength(4)
    saw('the copy is healthy with 4 connections, also when the original is down')
  })

  check('15 registers while the clock is frozen', async ({ stage, saw }) => {
    const clock = '2026-01-01T00:00:00Z'
    const { server, tunnel, cloudflared } = await startServing(stage, ['--clock', clock])
    const connections = await liveConnections(server, tunnel.id)
    expect(connections).toHaveLength(4)
    expect(new Set(connections.map(({ opened_at }) => Date.parse(opened_at)))).toEqual(new Set([Date.parse(clock)]))

    cloudflared.signal('SIGKILL')
    await expectStatus(server, tunnel.id, 'down', REGISTER_MS)
    expect(await connectionsOf(server, tunnel.id)).toHaveLength(4)
    await server.control.moveClock({ advance: '6m' })
    expect(await server.events('connection_expired')).toHaveLength(4)
    expect(await connectionsOf(server, tunnel.id)).toEqual([])
    saw(`healthy, all opened at ${clock}; killed: pending; 4 expired after advance 6m`)
  })
})
