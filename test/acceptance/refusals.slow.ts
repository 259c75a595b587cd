/** Registrations that the edge refuses without a fault. */
import { describe, expect } from 'vitest'
import { check, RECONNECT_MS } from '../support/edge/check.ts'
import { expectStatus } from '../support/edge/serving.ts'
import { ACCOUNT } from '../support/emulator.ts'

const OTHER_ACCOUNT = '023e105f4ecef8ad9ca31a8372d0c353'
const MAX_REPLICAS = 25

describe('refusals', () => {
  check('23m refuses the tunnel of another account', async ({ stage, saw }) => {
    const server = await stage.server()
    const { id, token = '' } = await server.createTunnel('shop')
    const parts = JSON.parse(Buffer.from(token, 'base64').toString())
    const forged = Buffer.from(JSON.stringify({ ...parts, a: OTHER_ACCOUNT })).toString('base64')
    const cloudflared = stage.run(server, forged)
    await cloudflared.printed(/Unauthorized: Account {2}doesn't have tunnel/, 10_000)
    expect(cloudflared.hasEnded()).toBe(false)
    expect((await server.tunnel(id)).status).toBe('inactive')
    saw('"Unauthorized: Account  doesn\'t have tunnel", keeps trying; tunnel inactive')
  })

  check('23n refuses the replica after the 25th', async ({ stage, saw }) => {
    const server = await stage.server()
    const { id, token = '' } = await server.createTunnel('shop')
    const address = { account_id: ACCOUNT, tunnel_id: id }
    for (let replica = 0; replica < MAX_REPLICAS; replica++) await server.control.connectConnector(address)
    const cloudflared = stage.run(server, token)
    await cloudflared.printed(/Unauthorized: more than 25 replicas/, 10_000)

    const [{ id: connector_id } = { id: '' }] = await server.control.listConnectors(address)
    await server.control.disconnectConnector({ ...address, connector_id })
    await cloudflared.printed(/Registered tunnel connection/, RECONNECT_MS)
    expect(await server.connectors(id)).toHaveLength(MAX_REPLICAS)
    saw('"Unauthorized: more than 25 replicas"; registers after one of them left')
  })

  check('23o refuses while the world accepts no connectors', async ({ stage, saw }) => {
    const server = await stage.server()
    const { id, token = '' } = await server.createTunnel('shop')
    await server.plane('PUT', '/edge', { accepts: false })
    const cloudflared = stage.run(server, token)
    await cloudflared.printed(/Unauthorized/, 10_000)
    expect((await server.tunnel(id)).status).toBe('inactive')
    await server.plane('PUT', '/edge', { accepts: true })
    saw(`refused; healthy ${await expectStatus(server, id, 'healthy', RECONNECT_MS)} after it accepts again`)
  })
})
