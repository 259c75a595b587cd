/** The control plane, with a real connector. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT } from '../support/emulator.ts'

const CONFIG = { config: { ingress: [{ service: 'http_status:404' }] } }

async function startConnected(options: Parameters<typeof startEdge>[0] = {}) {
  const edge = await startEdge(options)
  const tunnel = await edge.createTunnel()
  const connector = await edge.connectorOf(tunnel)
  await connector.connectAll()
  const address = { account_id: ACCOUNT, tunnel_id: tunnel.id, connector_id: connector.id }
  return {
    ...edge,
    control: edge.emulator.control,
    tunnel,
    connector,
    address,
    version: async () => (await edge.get<Client[]>(`/${tunnel.id}/connections`)).result[0]?.config_version,
  }
}

describe('disconnectConnector of a real connector', () => {
  it('without graceful ends its sockets, and its connections are pending at once', async () => {
    const { control, connector, address } = await startConnected()
    const ended = connector.connections.map(({ closed }) => closed)

    expect(await control.disconnectConnector({ ...address, graceful: false })).toMatchObject({
      kind: 'real',
      tunnel_status: 'down',
      connections: Array(4).fill({ state: 'pending' }),
    })
    await Promise.all(ended)
  })

  it('ends as many connections as it is told', async () => {
    const { control, connector, address } = await startConnected()
    const [first] = connector.connections
    await control.disconnectConnector({ ...address, graceful: false, connections: 1 })
    await Promise.race([...connector.connections].map(({ closed }) => closed))

    expect(first).toBeDefined()
    await vi.waitFor(() => expect(connector.connections).toHaveLength(3))
  })

  it('is refused if it is to be graceful', async () => {
    const { control, connector, address } = await startConnected()

    await expect(control.disconnectConnector(address)).rejects.toMatchObject({
      code: 'refused',
      message: `connector ${connector.id} is a real cloudflared: stop it itself`,
    })
    expect(connector.connections).toHaveLength(4)
  })
})

describe('flapConnector of a real connector', () => {
  it('keeps it away until the time is over', async () => {
    const { control, connector, address } = await startConnected({ clock: '2026-01-01T00:00:00Z' })
    const ended = connector.connections.map(({ closed }) => closed)
    expect(await control.flapConnector({ ...address, down_for: '10s' })).toMatchObject({ tunnel_status: 'down' })
    await Promise.all(ended)

    await expect(connector.connect()).rejects.toThrow('Unauthorized: mockflared lets this connector flap')
    await control.moveClock({ advance: '10s' })
    await connector.connectAll()
    expect(await control.listConnectors(address)).toMatchObject([{ tunnel_status: 'healthy' }])
  })

  it('lets it come back at once without a time', async () => {
    const { control, connector, address } = await startConnected()
    const ended = connector.connections.map(({ closed }) => closed)
    await control.flapConnector({ ...address, down_for: '0s' })
    await Promise.all(ended)

    await expect(connector.connect()).resolves.toBeDefined()
  })
})

describe('changeConnector of a real connector', () => {
  it('decides whether the edge sends it configurations', async () => {
    const { control, put, tunnel, connector, address, version } = await startConnected()
    await control.changeConnector({ ...address, config_delay_ms: null })
    await put(`/${tunnel.id}/configurations`, CONFIG)
    const other = (await control.listConnectors(address))[0]
    expect([other?.config_version, connector.pushes]).toEqual([null, []])

    await control.changeConnector({ ...address, config_delay_ms: 0 })
    await vi.waitFor(async () => expect(await version()).toBe(1))
    expect(connector.configuration.config).toMatchObject(CONFIG.config)
  })
})

describe('the virtual clock', { tags: ['connection_expiry'] }, () => {
  it('gives all connections the instant at which it is frozen', async () => {
    const { get, tunnel } = await startConnected({ clock: '2026-01-01T00:00:00Z' })
    const [client] = (await get<Client[]>(`/${tunnel.id}/connections`)).result

    expect(client?.conns.map(({ opened_at }) => opened_at)).toEqual(Array(4).fill('2026-01-01T00:00:00.000000Z'))
  })

  it('lets the connections of a killed connector expire', async () => {
    const { control, get, tunnel, connector } = await startConnected({ clock: '2026-01-01T00:00:00Z' })
    await connector.kill()
    const connections = async () => (await get<Client[]>(`/${tunnel.id}/connections`)).result
    await vi.waitFor(async () => expect((await connections())[0]?.conns[3]?.is_pending_reconnect).toBe(true))
    const { happened } = await control.moveClock({ advance: '6m' })

    expect(happened.filter(({ type }) => type === 'connection_expired')).toHaveLength(4)
    expect(await connections()).toEqual([])
  })
})

describe('the scenario of a state', () => {
  it('does not change a real connector', async () => {
    const { control, tunnel, connector, address } = await startConnected({ clock: '2026-01-01T00:00:00Z' })
    const step = { ...address, after: '1s', happens: 'stopped' as const }
    await control.putState({ ...(await control.getState()), scenario: [step] })
    await control.moveClock({ advance: '2s' })

    expect(connector.connections).toHaveLength(4)
    expect(await control.listConnectors({ account_id: ACCOUNT, tunnel_id: tunnel.id })).toMatchObject([
      { tunnel_status: 'healthy' },
    ])
  })
})
