/** What calls of the API mean for a real connector that is connected. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import type { FakeConnector } from '../support/edge/fake-connector.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { SECRET } from '../support/emulator.ts'

async function startConnected(source: 'cloudflare' | 'local' = 'cloudflare') {
  const edge = await startEdge()
  const tunnel = await edge.createTunnel({ config_src: source })
  const connector = await edge.connectorOf(tunnel)
  await connector.connectAll()
  return {
    ...edge,
    tunnel,
    connector,
    clients: async () => (await edge.get<Client[]>(`/${tunnel.id}/connections`)).result,
    status: async () => (await edge.get<Tunnel>(`/${tunnel.id}`)).result.status,
  }
}

/** Resolves when all connections that it has now have ended. */
function ended({ connections }: FakeConnector) {
  return Promise.all(connections.map(({ closed }) => closed))
}

describe('removing the connections of a tunnel', { tags: ['clean_up'] }, () => {
  it('ends all sockets, and the connector may come back with new connections', async () => {
    const { connector, tunnel, clients, status, events, delete: remove } = await startConnected()
    const ids = (await clients())[0]?.conns.map(({ id }) => id) ?? []
    const over = ended(connector)
    await remove(`/${tunnel.id}/connections`)
    expect(await clients()).toEqual([])
    await over
    expect(await events('connection_lost')).toEqual([])

    await connector.connectAll()
    const [client] = await clients()
    expect([client?.id, await status()]).toEqual([connector.id, 'healthy'])
    expect(client?.conns.filter(({ id }) => ids.includes(id))).toEqual([])
  })
})

describe('the deletion of a tunnel', { tags: ['delete_pending', 'delete_cascade', 'connector_refused'] }, () => {
  it('is refused while a real connector is tracked', async () => {
    const { connector, tunnel, delete: remove } = await startConnected()

    expect(await remove(`/${tunnel.id}`)).toMatchObject({ status: 400, errors: [{ code: 1022 }] })
    await connector.kill()
    expect(await remove(`/${tunnel.id}`)).toMatchObject({ status: 400, errors: [{ code: 1022 }] })
  })

  it('succeeds as soon as the connector stopped', async () => {
    const { connector, tunnel, delete: remove } = await startConnected()
    await connector.stop()

    expect(await remove(`/${tunnel.id}`)).toMatchObject({ status: 200 })
  })

  it('that cascades ends the sockets, and the connector is refused from then on', async () => {
    const { connector, tunnel, delete: remove } = await startConnected()
    const over = ended(connector)
    await remove(`/${tunnel.id}?cascade=true`)
    await over

    await expect(connector.connect()).rejects.toThrow('Unauthorized: Tunnel not found')
  })
})

describe('a new secret', { tags: ['secret_rotation', 'connector_refused'] }, () => {
  it('leaves the connector connected, and refuses it when it connects again', async () => {
    const { connector, tunnel, connectorOf, status, events, patch, delete: remove } = await startConnected()
    await patch(`/${tunnel.id}`, { tunnel_secret: SECRET })
    expect([await status(), connector.connections.length]).toEqual(['healthy', 4])

    const over = ended(connector)
    await remove(`/${tunnel.id}/connections`)
    await over
    await expect(connector.connect()).rejects.toThrow('Unauthorized: Invalid tunnel secret')
    expect(await events('registration_refused')).toMatchObject([{ reason: 'Unauthorized: Invalid tunnel secret' }])

    await (await connectorOf(tunnel)).connectAll()
    expect(await status()).toBe('healthy')
  })

  it('refuses also further connections of a connector that is connected', async () => {
    const { connector, tunnel, patch } = await startConnected()
    await patch(`/${tunnel.id}`, { tunnel_secret: SECRET })

    await expect(connector.connect(4)).rejects.toThrow('Unauthorized: Invalid tunnel secret')
  })
})

describe('a configuration of a local tunnel', { tags: ['configuration_on_local', 'configuration_of_local'] }, () => {
  const LOCAL = { ingress: [{ service: 'http://localhost:1' }], 'warp-routing': {}, __configuration_flags: {} }
  const REMOTE = { ingress: [{ service: 'http_status:404' }] }

  it('that its connector reports is in the control plane, and not in the API', async () => {
    const { emulator, connector, tunnel, get } = await startConnected('local')
    await connector.connections[0]?.sendLocalConfiguration(LOCAL)
    const address = { account_id: tunnel.account_tag, tunnel_id: tunnel.id }

    expect(await emulator.control.listConfigurations(address)).toMatchObject([
      { version: 0, source: 'local', config: LOCAL, author: `connector ${connector.id}` },
    ])
    expect(await get(`/${tunnel.id}/configurations`)).toMatchObject({ result: { source: 'local', config: LOCAL } })
  })

  it('that the API sets is taken by its connector', async () => {
    const { connector, tunnel, clients, put } = await startConnected('local')
    await connector.connections[0]?.sendLocalConfiguration(LOCAL)
    await put(`/${tunnel.id}/configurations`, { config: REMOTE })

    await vi.waitFor(async () => expect((await clients())[0]?.config_version).toBe(1))
    expect(connector.configuration.config).toMatchObject(REMOTE)
  })
})
