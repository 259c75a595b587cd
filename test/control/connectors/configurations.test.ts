import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../schemas/configuration.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf } from '../../support/emulator.ts'
import { config, START, startConnected, startFrozen, startTunnel } from '../../support/frozen-emulator.ts'

type Double = Awaited<ReturnType<typeof startTunnel>>

describe('a remote configuration', () => {
  const versionSeen = async ({ clients }: Double) => (await clients())[0]?.config_version

  it('is taken at once', async () => {
    const double = await startConnected()
    expect(await versionSeen(double)).toBeUndefined()
    await double.publish()

    expect(await versionSeen(double)).toBe(1)
    await double.publish('http_status:404')
    expect(await versionSeen(double)).toBe(2)
  })

  it('that is there already is taken by a connector that connects', async () => {
    const { api, tunnel, connect } = await startTunnel()
    await api('PUT', `/${tunnel.id}/configurations`, config())

    expect(await connect()).toMatchObject({ config_version: 1 })
  })

  it('is taken late, and told, by a connector that lags', async () => {
    const double = await startConnected({ config_delay_ms: 60_000 })
    await double.publish()
    await double.advance('59s')
    expect(await versionSeen(double)).toBeUndefined()

    expect((await double.advance('1s')).happened).toMatchObject([
      { type: 'configuration_taken', at: '2026-01-01T00:01:00.000000Z', connector_id: double.id, version: 1 },
    ])
    expect(await versionSeen(double)).toBe(1)
  })

  it('is skipped by a connector that lags when a newer one is out by then', async () => {
    const double = await startConnected({ config_delay_ms: 60_000 })
    await double.publish()
    await double.advance('30s')
    await double.publish('http_status:404')

    expect((await double.advance('5m')).happened.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'configuration_taken 2',
    ])
  })

  it('is never taken by a connector that refuses: seven is published, it is still on six', async () => {
    const double = await startConnected()
    const { control, at, publish } = double
    for (let version = 1; version <= 6; version += 1) await publish()
    await control.changeConnector({ ...at, config_delay_ms: null })
    await publish()
    await double.advance('1d')

    expect(await versionSeen(double)).toBe(6)
    expect((await double.api<Configuration>('GET', `/${double.tunnel.id}/configurations`)).result.version).toBe(7)
  })

  it('is taken by a connector that no longer refuses', async () => {
    const double = await startConnected({ config_delay_ms: null })
    await double.publish()

    expect(await double.control.changeConnector({ ...double.at, config_delay_ms: 0 })).toMatchObject({
      config_version: 1,
    })
  })

  it('is not taken by a connector that is away, but when it is back', async () => {
    const double = await startConnected()
    await double.lose()
    await double.publish()
    expect(await versionSeen(double)).toBeUndefined()
    await double.control.reconnectConnector(double.at)

    expect(await versionSeen(double)).toBe(1)
  })
})

describe('a local tunnel', () => {
  const startLocal = async () => {
    const id = '00000000-0000-4000-8000-000000000002'
    const double = await startFrozen({ seed: seedOf({ id, name: 'local' }) })
    const address = { account_id: ACCOUNT, tunnel_id: id }
    const { id: connector_id } = await double.control.connectConnector(address)
    return { ...double, id, at: { ...address, connector_id } }
  }

  it('has the configuration that its connector pushed', async () => {
    const { control, api, id, at } = await startLocal()
    expect((await api('GET', `/${id}/configurations`)).errors).toMatchObject([{ code: 1055 }])

    expect(await control.pushLocalConfiguration({ ...at, ...config() })).toEqual({ version: 1 })
    expect((await api('GET', `/${id}/configurations`)).result).toMatchObject({
      version: 1,
      source: 'local',
      created_at: START,
      ...config(),
    })
    expect(await control.listConfigurations(at)).toMatchObject([{ author: `connector ${at.connector_id}` }])
  })

  it('stays local, and counts on', async () => {
    const { control, api, id, at } = await startLocal()
    await control.pushLocalConfiguration({ ...at, ...config() })

    expect(await control.pushLocalConfiguration({ ...at, ...config('http_status:404') })).toEqual({ version: 2 })
    expect((await api<Tunnel>('GET', `/${id}`)).result.config_src).toBe('local')
  })

  it('whose connector would not start with a configuration does not get it', async () => {
    const { control, api, id, at } = await startLocal()

    await expect(control.pushLocalConfiguration({ ...at, config: { ingress: [] } })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect((await api('GET', `/${id}/configurations`)).status).toBe(404)
  })

  it('whose connector is gone gets none', async () => {
    const { control, at } = await startLocal()
    await control.disconnectConnector(at)

    await expect(control.pushLocalConfiguration({ ...at, ...config() })).rejects.toMatchObject({ code: 'refused' })
  })

  it('is not what a remote one is', async () => {
    const { control, at } = await startConnected()

    await expect(control.pushLocalConfiguration({ ...at, ...config() })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is not configured locally'),
    })
  })
})

describe('cut off by the API', () => {
  it('a connector that reconnects is back after a moment', async () => {
    const { api, tunnel, id, clients, connections, advance, seen } = await startConnected({ reconnects: true })
    const before = (await connections()).map(one => one.id)
    await api('DELETE', `/${tunnel.id}/connections`)
    expect(await clients()).toEqual([])
    expect((await seen()).status).toBe('down')

    expect((await advance('1s')).happened.map(({ type }) => type)).toEqual([
      ...Array(4).fill('connection_opened'),
      'tunnel_status_changed',
    ])
    expect(await clients()).toMatchObject([{ id, conns: Array(4).fill({ is_pending_reconnect: false }) }])
    expect((await connections()).filter(one => before.includes(one.id))).toEqual([])
  })

  it('a connector that does not stays away', async () => {
    const { api, tunnel, clients, advance } = await startConnected()
    await api('DELETE', `/${tunnel.id}/connections`)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await clients()).toEqual([])
  })

  it('can be told later to come back', async () => {
    const { control, api, tunnel, at, clients, advance } = await startConnected()
    await control.changeConnector({ ...at, reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await advance('1s')

    expect(await clients()).toHaveLength(1)
  })

  it('only the connector that is named is', async () => {
    const { api, tunnel, connect, id, clients, advance } = await startConnected({ reconnects: true })
    const other = await connect({ reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections?client_id=${id}`)

    expect((await clients()).map(client => client.id)).toEqual([other.id])
    await advance('1s')
    expect((await clients()).map(client => [client.id, client.conns.length])).toEqual([
      [id, 4],
      [other.id, 4],
    ])
  })

  it('twice at one instant, a connector is back with as many connections as it had, and not with twice as many', async () => {
    const { control, api, tunnel, at, clients, advance } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await control.reconnectConnector(at)
    await api('DELETE', `/${tunnel.id}/connections`)
    await advance('1s')

    expect(await clients()).toMatchObject([{ conns: Array(4).fill({ is_pending_reconnect: false }) }])
  })

  it('a connector with a rotated secret is turned away, which is told', { tags: ['connector_refused'] }, async () => {
    const { api, tunnel, id, clients, advance } = await startConnected({ reconnects: true })
    await api('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })
    await api('DELETE', `/${tunnel.id}/connections`)

    expect((await advance('1s')).happened).toMatchObject([
      { type: 'reconnect_refused', connector_id: id, reason: 'Unauthorized: Invalid tunnel secret' },
    ])
    expect(await clients()).toEqual([])
  })

  it('a connector that was brought back before does not come back twice', async () => {
    const { control, api, tunnel, at, connections, advance } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await control.reconnectConnector(at)
    await advance('1s')

    expect(await connections()).toHaveLength(4)
  })

  it('a tunnel that is then deleted stays deleted', async () => {
    const { api, tunnel, advance, clients } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}?cascade=true`)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await clients()).toEqual([])
  })
})
