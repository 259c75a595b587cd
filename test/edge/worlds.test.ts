/** What happens to the connections of a real connector when its world is replaced, copied or deleted. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { Tunnel } from '../../schemas/tunnel.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'

const config = (hostname: string) => ({
  config: { ingress: [{ hostname, service: 'http://localhost:1' }, { service: 'http_status:404' }] },
})

/** A tunnel with its first configuration, and a connector with four connections that took it. */
async function startConnected() {
  const edge = await startEdge()
  const { emulator, get, put } = edge
  const tunnel = await edge.createTunnel()
  await put(`/${tunnel.id}/configurations`, config('first.example.com'))
  const connector = await edge.connectorOf(tunnel)
  await connector.connectAll()

  const clients = async () => (await get<Client[]>(`/${tunnel.id}/connections`)).result
  const taken = async (version: number) =>
    vi.waitFor(async () => expect((await clients())[0]?.config_version).toBe(version))
  await taken(1)

  return {
    ...edge,
    control: emulator.control,
    tunnel,
    connector,
    clients,
    taken,
    /** The ids of its connections; `!` is pending reconnect. */
    conns: async () =>
      (await clients()).flatMap(({ conns }) => conns.map(one => `${one.id}${one.is_pending_reconnect ? '!' : ''}`)),
    status: async () => (await get<Tunnel>(`/${tunnel.id}`)).result.status,
    hostname: () => JSON.stringify(connector.configuration.config),
  }
}

describe('a world that is restored', () => {
  it('keeps the connections that the snapshot has', async () => {
    const { control, connector, conns, status } = await startConnected()
    const before = await conns()
    await control.saveSnapshot({ name: 'before' })
    await control.restoreSnapshot({ name: 'before' })

    expect([await conns(), await status()]).toEqual([before, 'healthy'])
    expect(connector.connections).toHaveLength(4)
  })

  it('gives the connector the older configuration under a newer number', async () => {
    const { control, put, tunnel, connector, taken, hostname } = await startConnected()
    await control.saveSnapshot({ name: 'before' })
    await put(`/${tunnel.id}/configurations`, config('second.example.com'))
    await taken(2)
    expect(hostname()).toContain('second.example.com')
    await control.restoreSnapshot({ name: 'before' })

    await vi.waitFor(() => expect(hostname()).toContain('first.example.com'))
    await taken(1)
    expect(connector.configuration.version).toBeGreaterThan(2)
  })

  it('gets the connections that were opened after the snapshot', async () => {
    const { control, tunnel, connectorOf, conns } = await startConnected()
    await control.saveSnapshot({ name: 'before' })
    const later = await connectorOf(tunnel)
    await later.connect()
    const before = await conns()
    await control.restoreSnapshot({ name: 'before' })

    expect((await conns()).toSorted()).toEqual(before.toSorted())
    expect(later.connections).toHaveLength(1)
  })

  it('loses the connections that ended after the snapshot', async () => {
    const { control, connector, conns, status } = await startConnected()
    await control.saveSnapshot({ name: 'before' })
    await connector.connections[0]?.unregister()
    await vi.waitFor(async () => expect(await conns()).toHaveLength(3))
    await control.restoreSnapshot({ name: 'before' })

    expect((await conns()).filter(id => id.endsWith('!'))).toHaveLength(1)
    expect([(await conns()).length, await status()]).toEqual([4, 'degraded'])
  })

  it('gives a connection a new id if its old one ended in the snapshot', async () => {
    const { control, get, tunnel, connector, conns } = await startConnected()
    const state = await control.getState()
    const [lost] = await conns()
    for (const one of state.tunnels?.[0]?.connectors?.[0]?.connections ?? []) {
      if (one.id === lost) one.lost_at = one.opened_at ?? null
    }
    await control.putState(state)

    const after = (await get<Client[]>(`/${tunnel.id}/connections`)).result[0]?.conns ?? []
    expect(after.map(({ id }) => id)).not.toContain(lost)
    expect(after).toHaveLength(4)
    expect(connector.connections).toHaveLength(4)
    await connector.stop()
    expect(await conns()).toEqual([])
  })
})

describe('a world that is reset to empty', () => {
  it('ends the connections of tunnels that it does not have', async () => {
    const { control, connector } = await startConnected()
    const ended = connector.connections.map(({ closed }) => closed)
    await control.reset({ to: 'empty' })
    await Promise.all(ended)

    await expect(connector.connect()).rejects.toThrow('Unauthorized: Tunnel not found')
  })

  it('has the connector again after it is restored', async () => {
    const { control, connector, conns, status } = await startConnected()
    await control.saveSnapshot({ name: 'before' })
    const ended = connector.connections.map(({ closed }) => closed)
    await control.reset({ to: 'empty' })
    await Promise.all(ended)
    await control.restoreSnapshot({ name: 'before' })
    expect(await status()).toBe('down')
    await connector.connectAll()

    expect([(await conns()).length, await status()]).toEqual([4, 'healthy'])
  })
})

describe('a world with a state that it is given', () => {
  it('keeps the connections that the state has', async () => {
    const { control, connector, conns } = await startConnected()
    const before = await conns()
    await control.putState(await control.getState())

    expect([await conns(), connector.connections.length]).toEqual([before, 4])
  })

  it('ends the connections of a tunnel with another secret', async () => {
    const { control, connector } = await startConnected()
    const state = await control.getState()
    const [tunnel] = state.tunnels ?? []
    const inactive = { conns_active_at: null, conns_inactive_at: tunnel?.created_at ?? null }
    Object.assign(tunnel ?? {}, inactive, { tunnel_secret: 'AAAA', connectors: [] })
    const ended = connector.connections.map(({ closed }) => closed)
    await control.putState(state)

    await Promise.all(ended)
  })
})

describe('a world of a local tunnel that is reset', () => {
  it('has the configuration that the connector reported before', async () => {
    const LOCAL = { ingress: [{ service: 'http://localhost:1' }] }
    const [state] = seedOf({ id: UNKNOWN_ID, name: 'local', tunnel_secret: SECRET })
    const { emulator, connectorOf } = await startEdge({ seed: [state ?? {}] })
    const connector = await connectorOf({ id: UNKNOWN_ID })
    const first = await connector.connect()
    await first.sendLocalConfiguration(LOCAL)
    await emulator.control.reset({ to: 'seed' })

    const address = { account_id: ACCOUNT, tunnel_id: UNKNOWN_ID }
    expect(await emulator.control.listConfigurations(address)).toMatchObject([{ source: 'local', config: LOCAL }])
  })
})

describe('a copy of a world', () => {
  it('has the connector as a simulated one, which the real one does not change', async () => {
    const { control, emulator, tunnel, connector, conns } = await startConnected()
    const { id } = await control.createWorld({ from: 'current' })
    const address = { account_id: ACCOUNT, tunnel_id: tunnel.id }
    await connector.kill()
    await vi.waitFor(async () => expect((await conns()).filter(one => one.endsWith('!'))).toHaveLength(4))

    expect(await control.listConnectors(address)).toMatchObject([{ kind: 'real', tunnel_status: 'down' }])
    expect(await emulator.controlOf(id).listConnectors(address)).toMatchObject([
      { id: connector.id, kind: 'simulated', tunnel_status: 'healthy' },
    ])
  })

  it('does not get the connector when that connects again', async () => {
    const { control, emulator, tunnel, connector, status } = await startConnected()
    const { id } = await control.createWorld({ from: 'current' })
    await connector.kill()
    await connector.connectAll()

    expect(await status()).toBe('healthy')
    expect(await emulator.controlOf(id).listConnectors({ account_id: ACCOUNT, tunnel_id: tunnel.id })).toMatchObject([
      { kind: 'simulated' },
    ])
  })

  it('gets the connector when the original no longer admits it', async () => {
    const { control, emulator, tunnel, connector, delete: remove } = await startConnected()
    const { id } = await control.createWorld({ from: 'current' })
    const ended = connector.connections.map(({ closed }) => closed)
    await remove(`/${tunnel.id}?cascade=true`)
    await Promise.all(ended)
    await connector.connectAll()

    const [copied] = await emulator.controlOf(id).listConnectors({ account_id: ACCOUNT, tunnel_id: tunnel.id })
    expect(copied).toMatchObject({ id: connector.id, kind: 'real', tunnel_status: 'healthy' })
    expect(copied?.connections.filter(({ state }) => state === 'live')).toHaveLength(4)
  })
})
