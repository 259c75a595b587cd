/** What the API shows of real connectors, whose part the fake connector plays. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { CreatedTunnel, Tunnel } from '../../schemas/tunnel.ts'
import { FakeConnector } from '../support/edge/fake-connector.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

async function startWithTunnel() {
  const edge = await startEdge()
  const tunnel = await edge.createTunnel()
  return {
    ...edge,
    tunnel,
    connector: await edge.connectorOf(tunnel),
    clients: async () => (await edge.get<Client[]>(`/${tunnel.id}/connections`)).result,
    status: async () => (await edge.get<Tunnel>(`/${tunnel.id}`)).result.status,
  }
}

describe('a connector that registers', () => {
  it('is in the API with each of its connections', async () => {
    const { connector, clients, status } = await startWithTunnel()
    await connector.connect()
    expect(await status()).toBe('degraded')

    for (let index = 1; index < 4; index += 1) await connector.connect()
    expect(await status()).toBe('healthy')
    expect(await clients()).toMatchObject([
      {
        id: connector.id,
        version: '2026.8.2',
        arch: 'linux_amd64',
        features: expect.any(Array),
        run_at: expect.any(String),
      },
    ])
    expect((await clients())[0]?.conns).toMatchObject(
      ['dfw08', 'iad05', 'dfw08', 'iad05'].map(colo_name => ({
        colo_name,
        origin_ip: '127.0.0.1',
        is_pending_reconnect: false,
      })),
    )
  })

  it('gets the id of its row and whether its tunnel is configured remotely', async () => {
    const { connector, clients, createTunnel, connectorOf } = await startWithTunnel()
    const { answer } = await connector.connect()
    const [id] = (await clients())[0]?.conns.map(one => one.id) ?? []
    expect(answer.details).toEqual({ connection_id: id, location: 'dfw08', remotely_managed: true })

    const local = await connectorOf(await createTunnel({ name: 'local', config_src: 'local' }))
    expect((await local.connect()).answer.details).toMatchObject({ remotely_managed: false })
  })

  it('counts in the information about the edge', async () => {
    const { emulator, connector, ca } = await startWithTunnel()
    await connector.connectAll(2)
    expect(ca).toContain('BEGIN CERTIFICATE')
    expect(await emulator.control.getInfo()).toMatchObject({
      edge: { address: emulator.edgeAddress, ca_path: emulator.edgeCaFile, connections: 2 },
    })
  })

  it('replaces its connection with the same index', { tags: ['edge_index_replaced'] }, async () => {
    const { connector, clients } = await startWithTunnel()
    const older = await connector.connect(0)
    await connector.connect(0)
    await older.closed
    expect((await clients()).flatMap(client => client.conns)).toHaveLength(1)
  })
})

describe('a connector that leaves', () => {
  it('leaves no connection when it unregisters', { tags: ['edge_unregister'] }, async () => {
    const { connector, clients, status } = await startWithTunnel()
    await connector.connectAll()
    await connector.stop()
    expect(await clients()).toEqual([])
    expect(await status()).toBe('down')
  })

  it('leaves its connections pending when it is killed', async () => {
    const { connector, clients } = await startWithTunnel()
    await connector.connectAll()
    await connector.kill()
    await vi.waitFor(async () =>
      expect((await clients())[0]?.conns.map(one => one.is_pending_reconnect)).toEqual([true, true, true, true]),
    )
  })

  it('loses its socket when the API drops its connections', { tags: ['edge_reconnect'] }, async () => {
    const { connector, tunnel, clients, delete: remove, connectorOf } = await startWithTunnel()
    const other = await connectorOf(tunnel)
    const dropped = await connector.connectAll()
    await other.connect()
    await remove(`/${tunnel.id}/connections?client_id=${connector.id}`)

    await Promise.all(dropped.map(connection => connection.closed))
    expect((await clients()).map(client => client.id)).toEqual([other.id])
  })

  it('loses its socket when its world is deleted', async () => {
    const { emulator, port, ca, send } = await startEdge()
    const { id } = await emulator.control.createWorld({ from: 'empty' })
    const created = await send<CreatedTunnel>({
      method: 'POST',
      url: `/w/${id}/client/v4/accounts/${ACCOUNT}/cfd_tunnel`,
      headers: { authorization: 'Bearer token' },
      payload: { name: 'shop', config_src: 'cloudflare' },
    })
    const connector = new FakeConnector({ port, ca, token: created.result.token })
    const connection = await connector.connect()
    await emulator.control.deleteWorld({ id })
    await connection.closed
  })
})

describe('a registration that is refused', { tags: ['edge_refusal'] }, () => {
  it('has the text of the service, and the socket closes', async () => {
    const { events, port, ca } = await startEdge()
    const token = btoa(JSON.stringify({ a: ACCOUNT, t: UNKNOWN_ID, s: SECRET }))
    const unknown = new FakeConnector({ port, ca, token })
    const connection = await unknown.open(0)
    const { refusal } = await connection.register(unknown.registration(0))

    expect(refusal).toEqual({ cause: 'Unauthorized: Tunnel not found', should_retry: true, retry_after_ms: 0 })
    await connection.closed
    expect(await events('registration_refused')).toMatchObject([
      { tunnel_id: UNKNOWN_ID, connector_id: unknown.id, reason: 'Unauthorized: Tunnel not found' },
    ])
  })
})
