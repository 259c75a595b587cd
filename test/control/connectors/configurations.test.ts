import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../../schemas/configuration.ts'
import type { Tunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf } from '../../support/emulator.ts'
import { config, START, startConnected, startFrozen, startTunnel } from '../../support/frozen-emulator.ts'

type Started = Awaited<ReturnType<typeof startTunnel>>

describe('a remote configuration', () => {
  const versionSeen = async ({ clients }: Started) => (await clients())[0]?.config_version

  it('is applied at once', async () => {
    const started = await startConnected()
    expect(await versionSeen(started)).toBeUndefined()
    await started.publish()

    expect(await versionSeen(started)).toBe(1)
    await started.publish('http_status:404')
    expect(await versionSeen(started)).toBe(2)
  })

  it('that exists is applied by a new connector', async () => {
    const { api, tunnel, connect } = await startTunnel()
    await api('PUT', `/${tunnel.id}/configurations`, config())

    expect(await connect()).toMatchObject({ config_version: 1 })
  })

  it('is applied late by a connector with a delay, with an event', async () => {
    const started = await startConnected({ config_delay_ms: 60_000 })
    await started.publish()
    await started.advance('59s')
    expect(await versionSeen(started)).toBeUndefined()

    expect((await started.advance('1s')).happened).toMatchObject([
      { type: 'configuration_taken', at: '2026-01-01T00:01:00.000000Z', connector_id: started.id, version: 1 },
    ])
    expect(await versionSeen(started)).toBe(1)
  })

  it('is skipped by a connector with a delay when there is a newer one by then', async () => {
    const started = await startConnected({ config_delay_ms: 60_000 })
    await started.publish()
    await started.advance('30s')
    await started.publish('http_status:404')

    expect((await started.advance('5m')).happened.map(({ type, version }) => `${type} ${version}`)).toEqual([
      'configuration_taken 2',
    ])
  })

  it('is never applied by a connector that refuses configurations', async () => {
    const started = await startConnected()
    const { control, at, publish } = started
    for (let version = 1; version <= 6; version += 1) await publish()
    await control.changeConnector({ ...at, config_delay_ms: null })
    await publish()
    await started.advance('1d')

    expect(await versionSeen(started)).toBe(6)
    expect((await started.api<Configuration>('GET', `/${started.tunnel.id}/configurations`)).result.version).toBe(7)
  })

  it('is applied by a connector that no longer refuses', async () => {
    const started = await startConnected({ config_delay_ms: null })
    await started.publish()

    expect(await started.control.changeConnector({ ...started.at, config_delay_ms: 0 })).toMatchObject({
      config_version: 1,
    })
  })

  it('is applied by a disconnected connector when it is back', async () => {
    const started = await startConnected()
    await started.lose()
    await started.publish()
    expect(await versionSeen(started)).toBeUndefined()
    await started.control.reconnectConnector(started.at)

    expect(await versionSeen(started)).toBe(1)
  })

  it('is listed without the password of its service, whose change is still listed', async () => {
    const { control, address, api, tunnel } = await startTunnel()
    await api('PUT', `/${tunnel.id}/configurations`, config('tcp://user:first-password@db:5432'))
    await api('PUT', `/${tunnel.id}/configurations`, config('tcp://user:other-password@db:5432'))

    const versions = await control.listConfigurations(address)
    const service = expect.stringMatching(/^tcp:.*redacted.*@db:5432$/)
    expect(versions).toMatchObject([
      config(service),
      { ...config(service), changes: [{ field: 'ingress[0].service', before: service, after: service }] },
    ])
    expect(JSON.stringify(versions)).not.toMatch(/-password/)
  })
})

describe('a local tunnel', () => {
  const startLocal = async () => {
    const id = '00000000-0000-4000-8000-000000000002'
    const started = await startFrozen({ seed: seedOf({ id, name: 'local' }) })
    const address = { account_id: ACCOUNT, tunnel_id: id }
    const { id: connector_id } = await started.control.connectConnector(address)
    return { ...started, id, at: { ...address, connector_id } }
  }

  it('has the configuration that its connector pushed', async () => {
    const { control, api, id, at } = await startLocal()
    expect((await api('GET', `/${id}/configurations`)).errors).toMatchObject([{ code: 1055 }])

    expect(await control.pushLocalConfiguration({ ...at, ...config() })).toEqual({ version: 0 })
    expect((await api('GET', `/${id}/configurations`)).result).toMatchObject({
      version: 0,
      source: 'local',
      created_at: START,
      ...config(),
    })
    expect(await control.listConfigurations(at)).toMatchObject([{ author: `connector ${at.connector_id}` }])
  })

  it('stays local, and counts its versions', async () => {
    const { control, api, id, at } = await startLocal()
    await control.pushLocalConfiguration({ ...at, ...config() })

    expect(await control.pushLocalConfiguration({ ...at, ...config('http_status:404') })).toEqual({ version: 1 })
    expect((await api<Tunnel>('GET', `/${id}`)).result.config_src).toBe('local')
  })

  it('has a connector that applies version 0 of the first remote configuration', async () => {
    const { control, api, id, at } = await startLocal()
    await api('PUT', `/${id}/configurations`, config())

    const taken = (await control.listEvents()).filter(({ type }) => type === 'configuration_taken')
    expect(taken).toMatchObject([{ connector_id: at.connector_id, version: 0 }])
    expect(await control.listConfigurations(at)).toMatchObject([{ version: 0, source: 'cloudflare' }])
  })

  it('refuses a configuration that cloudflared would refuse', async () => {
    const { control, api, id, at } = await startLocal()

    await expect(control.pushLocalConfiguration({ ...at, config: { ingress: [] } })).rejects.toMatchObject({
      code: 'invalid',
    })
    expect((await api('GET', `/${id}/configurations`)).status).toBe(404)
  })

  it('refuses a configuration from a disconnected connector', async () => {
    const { control, at } = await startLocal()
    await control.disconnectConnector(at)

    await expect(control.pushLocalConfiguration({ ...at, ...config() })).rejects.toMatchObject({ code: 'refused' })
  })

  it('is required for a pushed configuration', async () => {
    const { control, at } = await startConnected()

    await expect(control.pushLocalConfiguration({ ...at, ...config() })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('is not configured locally'),
    })
  })
})

describe('deleting connections over the API', () => {
  it('brings a connector back that reconnects', async () => {
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

  it('leaves a connector away that does not reconnect', async () => {
    const { api, tunnel, clients, advance } = await startConnected()
    await api('DELETE', `/${tunnel.id}/connections`)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await clients()).toEqual([])
  })

  it('brings a connector back that is changed to reconnect', async () => {
    const { control, api, tunnel, at, clients, advance } = await startConnected()
    await control.changeConnector({ ...at, reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await advance('1s')

    expect(await clients()).toHaveLength(1)
  })

  it('with a client id disconnects only that connector', async () => {
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

  it('twice at the same time brings back as many connections as there were', async () => {
    const { control, api, tunnel, at, clients, advance } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await control.reconnectConnector(at)
    await api('DELETE', `/${tunnel.id}/connections`)
    await advance('1s')

    expect(await clients()).toMatchObject([{ conns: Array(4).fill({ is_pending_reconnect: false }) }])
  })

  it('records an event when a connector has a rotated secret', { tags: ['connector_refused'] }, async () => {
    const { api, tunnel, id, clients, advance } = await startConnected({ reconnects: true })
    await api('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })
    await api('DELETE', `/${tunnel.id}/connections`)

    expect((await advance('1s')).happened).toMatchObject([
      { type: 'reconnect_refused', connector_id: id, reason: 'Unauthorized: Invalid tunnel secret' },
    ])
    expect(await clients()).toEqual([])
  })

  it('does not bring a connector back twice', async () => {
    const { control, api, tunnel, at, connections, advance } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}/connections`)
    await control.reconnectConnector(at)
    await advance('1s')

    expect(await connections()).toHaveLength(4)
  })

  it('does not bring back a tunnel that is deleted meanwhile', async () => {
    const { api, tunnel, advance, clients } = await startConnected({ reconnects: true })
    await api('DELETE', `/${tunnel.id}?cascade=true`)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await clients()).toEqual([])
  })
})
