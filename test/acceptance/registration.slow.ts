/** How a real cloudflared registers, and what the API shows of it. */
import { describe, expect } from 'vitest'
import { check, secondsSince, within } from '../support/edge/check.ts'
import { cloudflaredVersion, tunnelEnvironment } from '../support/edge/cloudflared.ts'
import { ask } from '../support/edge/gateway-client.ts'
import {
  expectStatus,
  LOG_OF_REGISTRATION,
  liveConnections,
  REGISTER_MS,
  startServing,
} from '../support/edge/serving.ts'

describe('registration', () => {
  check('1 registers four connections, and the API shows them', async ({ stage, saw }) => {
    const { server, tunnel, cloudflared, started_at } = await startServing(stage)
    expect(performance.now() - started_at).toBeLessThan(5_000)
    saw(`healthy ${secondsSince(started_at)} after its start`)

    const [connector, ...others] = await server.connectors(tunnel.id)
    expect(others).toEqual([])
    expect(connector).toMatchObject({
      id: (await cloudflared.ready()).connectorId,
      version: cloudflaredVersion(),
      arch: expect.stringMatching(/^linux_/),
      config_version: 1,
    })
    const connections = connector?.conns ?? []
    expect(connections).toHaveLength(4)
    expect(new Set(connections.map(({ colo_name }) => colo_name)).size).toBe(2)

    expect(cloudflared.count('Registered tunnel connection')).toBe(4)
    const logged = [...cloudflared.output().matchAll(LOG_OF_REGISTRATION)]
      .map(([, index, id, location]) => ({ index: Number(index), id, location }))
      .toSorted((a, b) => a.index - b.index)
    expect(logged.map(({ id }) => id).toSorted()).toEqual(connections.map(({ id }) => id).toSorted())
    const [first, second, third, fourth] = logged.map(({ location }) => location)
    expect([third, fourth]).toEqual([first, second])
    expect(first).not.toBe(second)
    saw(`${connections.length} connections in ${first}, ${second}; version ${connector?.version}; configuration 1`)
  })

  check('2 takes a new configuration', async ({ stage, saw }) => {
    const { server, tunnel, origin, cloudflared } = await startServing(stage)
    expect((await ask(server.gateway, { hostname: 'shop.example.com' })).status).toBe(200)

    await server.configure(tunnel.id, { hostname: 'new.example.com', service: origin.url })
    const seconds = await within(1_000, async () => {
      expect((await server.connectors(tunnel.id))[0]?.config_version).toBe(2)
      expect((await cloudflared.config()).version).toBe(2)
    })
    expect(await ask(server.gateway, { hostname: 'shop.example.com' })).toMatchObject({
      status: 530,
      headers: { 'mockflared-edge': 'no-route' },
    })
    expect(await ask(server.gateway, { hostname: 'new.example.com' })).toMatchObject({ status: 200, text: 'origin' })
    saw(`API and /config have version 2 after ${seconds}; old hostname 530, new one 200`)
  })

  check('3 opens one connection for one --edge', async ({ stage, saw }) => {
    const server = await stage.server()
    const { id, token } = await server.createTunnel('one')
    const { TUNNEL_EDGE: _four, ...variables } = tunnelEnvironment(server)
    const args = ['tunnel', '--edge', server.edge, 'run']
    const cloudflared = stage.cloudflared({ ...variables, TUNNEL_TOKEN: token ?? '' }, args)

    await expectStatus(server, id, 'degraded')
    await within(REGISTER_MS, async () => expect((await cloudflared.ready()).readyConnections).toBe(1))
    expect(await liveConnections(server, id)).toHaveLength(1)
    saw('1 connection, degraded')
  })

  check('4 serves with two replicas, and fails no request when one ends', async ({ stage, saw }) => {
    const { server, tunnel } = await startServing(stage)
    const second = stage.run(server, tunnel.token ?? '')
    await within(REGISTER_MS, async () => expect(await liveConnections(server, tunnel.id)).toHaveLength(8))
    expect(await server.connectors(tunnel.id)).toHaveLength(2)
    const echo = () => ask(server.gateway, { hostname: 'shop.example.com', path: '/echo' })

    const replicas: string[] = []
    for (let request = 0; request < 200; request++) {
      if (request === 60) second.signal('SIGTERM')
      const { status, text } = await echo()
      expect(status).toBe(200)
      replicas.push(JSON.parse(text).headers['cf-warp-tag-id'])
    }
    expect(new Set(replicas.slice(0, 60)).size).toBe(2)
    expect(new Set(replicas.slice(-40)).size).toBe(1)

    const third = stage.run(server, tunnel.token ?? '')
    await within(REGISTER_MS, async () => expect(await liveConnections(server, tunnel.id)).toHaveLength(8))
    for (let request = 0; request < 100; request++) {
      if (request === 30) third.signal('SIGKILL')
      expect((await echo()).status).toBe(200)
    }
    expect(await liveConnections(server, tunnel.id)).toHaveLength(4)
    saw(`2 connectors, 8 connections, both serve; SIGTERM: 200 of 200 requests answered; SIGKILL: 100 of 100`)
  })

  check('22 registers with --post-quantum', async ({ stage, saw }) => {
    const server = await stage.server()
    const { id, token } = await server.createTunnel('quantum')
    const variables = { ...tunnelEnvironment(server), TUNNEL_TOKEN: token ?? '' }
    stage.cloudflared(variables, ['tunnel', '--post-quantum', 'run'])

    await expectStatus(server, id, 'healthy')
    saw(`healthy, on Node ${process.versions.node} with OpenSSL ${process.versions.openssl}`)
  })
})
