import { describe, expect, it } from 'vitest'
import type { Configuration } from '../../schemas/configuration.ts'
import type { Tunnel, UpdatedTunnel } from '../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../double.ts'
import { START, startFrozen, startTunnel } from './harness.ts'

const config = (service = 'hello_world') => ({ config: { ingress: [{ service }] } })
const forbidden = (message: string) => ({ code: 'forbidden', message })

const tokenOf = (tunnel: string, account = ACCOUNT): string =>
  btoa(JSON.stringify({ a: account, t: tunnel, s: SECRET }))

type Double = Awaited<ReturnType<typeof startTunnel>>

/** A double with a connected connector and the verbs about it. */
const startConnected = async (wish: Parameters<Double['connect']>[0] = {}) => {
  const double = await startTunnel()
  const { control, address, clients } = double
  const { id } = await double.connect(wish)
  const at = { ...address, connector_id: id }

  return {
    ...double,
    id,
    at,
    advance: (advance: string) => control.moveClock({ advance }),
    lose: (connections?: number) =>
      control.disconnectConnector({ ...at, graceful: false, ...(connections && { connections }) }),
    connections: async () => (await clients()).flatMap(({ conns }) => conns),
    publish: (service?: string) =>
      double.api<Configuration>('PUT', `/${double.tunnel.id}/configurations`, config(service)),
    states: async () => {
      const known = await control.listConnectors(address)
      return known.flatMap(({ connections }) => connections.map(({ state }) => state))
    },
  }
}

describe('the story of a connector', () => {
  it('connects, is healthy, is killed, waits, expires, and the tunnel is down: without a second of waiting', async () => {
    const { control, api, tunnel, at, seen, connections, advance } = await startConnected()
    expect((await seen()).status).toBe('healthy')

    await control.disconnectConnector({ ...at, graceful: false })
    expect((await connections()).map(one => one.is_pending_reconnect)).toEqual([true, true, true, true])
    expect((await api('DELETE', `/${tunnel.id}`)).errors).toMatchObject([{ code: 1022 }])

    await advance('299s')
    expect(await connections()).toHaveLength(4)

    const { happened } = await advance('1s')
    expect(happened.map(({ type }) => type)).toEqual(Array(4).fill('connection_expired'))
    expect(await connections()).toEqual([])
    expect(await seen()).toMatchObject({ status: 'down', conns_active_at: null, conns_inactive_at: START })
    expect((await api<Tunnel>('DELETE', `/${tunnel.id}`)).result.deleted_at).toBe('2026-01-01T00:05:00.000000Z')
  })

  it('tells each step', async () => {
    const { lose, advance, happened } = await startConnected()
    await lose()
    await advance('5m')

    expect(await happened()).toEqual([
      'tunnel_created',
      ...Array(4).fill('connection_opened'),
      'tunnel_status_changed',
      ...Array(4).fill('connection_lost'),
      'tunnel_status_changed',
      ...Array(4).fill('connection_expired'),
      'clock_moved',
    ])
  })

  it('waits as long as the option says', async () => {
    const { control, connect, clients, address } = await startTunnel({ pending_reconnect_ms: 30_000 })
    const { id } = await connect()
    await control.disconnectConnector({ ...address, connector_id: id, graceful: false })

    await control.moveClock({ advance: '29s' })
    expect(await clients()).toHaveLength(1)
    await control.moveClock({ advance: '1s' })
    expect(await clients()).toEqual([])
  })
})

describe('a new connector', () => {
  it('is a present cloudflared with four connections to two data centers in turn', {
    tags: ['connector_spread'],
  }, async () => {
    const { clients, id } = await startConnected()
    const [client] = await clients()

    expect(client).toMatchObject({ id, version: expect.stringMatching(/^20\d\d\./), arch: 'linux_amd64' })
    expect(client?.conns.map(({ colo_name }) => colo_name)).toEqual(['dfw08', 'iad05', 'dfw08', 'iad05'])
    expect(new Set(client?.conns.map(conn => conn.id)).size).toBe(4)
  })

  it('is what it was asked to be', async () => {
    const wish = {
      id: UNKNOWN_ID.toUpperCase(),
      version: '2024.1.0',
      arch: 'darwin_arm64',
      features: ['postquantum'],
      colos: ['fra01', 'muc02', 'ams03'],
      connections: 4,
      origin_ip: '203.0.113.7',
    }
    const { clients } = await startConnected(wish)
    const [client] = await clients()

    expect(client).toMatchObject({
      id: UNKNOWN_ID,
      version: '2024.1.0',
      arch: 'darwin_arm64',
      features: ['postquantum'],
    })
    expect(client?.conns.map(({ colo_name }) => colo_name)).toEqual(['fra01', 'muc02', 'ams03', 'fra01'])
    expect(client?.conns[0]).toMatchObject({ origin_ip: '203.0.113.7', client_version: '2024.1.0' })
  })

  it.each([
    [1, 'degraded'],
    [3, 'degraded'],
    [4, 'healthy'],
    [8, 'healthy'],
  ])('with %i connections makes the tunnel %s', async (connections, status) => {
    const { connect, seen } = await startTunnel()

    expect((await connect({ connections })).tunnel_status).toBe(status)
    expect((await seen()).status).toBe(status)
  })

  it('never shows its secret', async () => {
    const { control, address, tunnel } = await startConnected()

    expect(JSON.stringify(await control.listConnectors(address))).not.toContain(tunnel.credentials_file.TunnelSecret)
  })

  it('does not take the id of another one, even of one that is gone', async () => {
    const { control, connect, id, at } = await startConnected()
    await expect(connect({ id })).rejects.toMatchObject({ code: 'refused' })

    await control.disconnectConnector(at)
    await expect(connect({ id: id.toUpperCase() })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('let it reconnect'),
    })
  })

  it('is one of 25 at most', { tags: ['replica_limit'] }, async () => {
    const { connect, clients } = await startTunnel()
    for (let count = 0; count < 25; count += 1) await connect({ connections: 1 })

    await expect(connect()).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    expect(await clients()).toHaveLength(25)
  })

  it('finds no place where others wait for a reconnect, until they have expired', async () => {
    const { connect, lose, advance } = await startConnected()
    for (let count = 1; count < 25; count += 1) await connect({ connections: 1 })
    await lose()

    await expect(connect()).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    await advance('5m')
    await expect(connect()).resolves.toMatchObject({ run_at: '2026-01-01T00:05:00.000000Z' })
  })
})

describe('a token', () => {
  it('of the tunnel lets a connector in', async () => {
    const { connect, tunnel } = await startTunnel()

    await expect(connect({ token: tunnel.token })).resolves.toMatchObject({ tunnel_status: 'healthy' })
  })

  it.each<[string, (double: Double) => Promise<string>, string]>([
    ['of another secret', async ({ tunnel }) => tokenOf(tunnel.id), 'Unauthorized: Invalid tunnel secret'],
    [
      'from before the secret was rotated',
      async ({ api, tunnel }) => {
        await api('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })
        return tunnel.token
      },
      'Unauthorized: Invalid tunnel secret',
    ],
    ['of another tunnel', async ({ create }) => (await create('other')).token, 'Unauthorized: Tunnel not found'],
    [
      'of another account',
      async ({ tunnel }) => tokenOf(tunnel.id, 'f'.repeat(32)),
      "Unauthorized: Account  doesn't have tunnel",
    ],
    [
      'of a tunnel that was deleted',
      async ({ api, tunnel }) => {
        await api('DELETE', `/${tunnel.id}`)
        return tunnel.token
      },
      'Unauthorized: Tunnel not found',
    ],
  ])('%s does not', { tags: ['connector_refused'] }, async (_what, given, message) => {
    const double = await startTunnel()
    const token = await given(double)

    await expect(double.connect({ token })).rejects.toMatchObject(forbidden(message))
    expect(await double.clients()).toEqual([])
  })

  it.each(['', 'nonsense', btoa('null'), btoa('{"a":1}')])('%j is none', async token => {
    const { connect } = await startTunnel()

    await expect(connect({ token })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('from after the rotation lets new connectors in, while old ones stay', { tags: ['secret_rotation'] }, async () => {
    const { api, tunnel, connect, seen } = await startConnected()
    const { result } = await api<UpdatedTunnel>('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })

    expect((await seen()).status).toBe('healthy')
    await expect(connect({ token: result.token })).resolves.toMatchObject({ tunnel_status: 'healthy' })
  })
})

describe('what is not there', () => {
  it('is not found', async () => {
    const { control, address, at } = await startConnected()

    await expect(control.listConnectors({ ...address, tunnel_id: UNKNOWN_ID })).rejects.toMatchObject({
      code: 'not_found',
      message: `there is no tunnel ${UNKNOWN_ID} in account ${ACCOUNT}`,
    })
    await expect(control.reconnectConnector({ ...at, connector_id: UNKNOWN_ID })).rejects.toMatchObject({
      code: 'not_found',
      message: `tunnel ${address.tunnel_id} has no connector ${UNKNOWN_ID}`,
    })
  })

  it('is found in any spelling of its ids', async () => {
    const { control, at } = await startConnected()
    const upper = Object.fromEntries(Object.entries(at).map(([key, id]) => [key, id.toUpperCase()]))

    await expect(control.disconnectConnector({ ...at, ...upper })).resolves.toMatchObject({ id: at.connector_id })
  })
})

describe('disconnecting', () => {
  it('gracefully closes the connections at once', async () => {
    const { control, at, clients, states, seen, happened } = await startConnected()

    expect(await control.disconnectConnector(at)).toMatchObject({ tunnel_status: 'down' })
    expect(await clients()).toEqual([])
    expect(await states()).toEqual(Array(4).fill('closed'))
    expect((await seen()).status).toBe('down')
    expect((await happened()).slice(-5)).toEqual([...Array(4).fill('connection_closed'), 'tunnel_status_changed'])
  })

  it('gracefully ends the waiting of broken connections, too', async () => {
    const { control, api, tunnel, at, lose, clients, advance } = await startConnected()
    await lose()
    await control.disconnectConnector(at)

    expect(await clients()).toEqual([])
    expect(await advance('5m')).toMatchObject({ happened: [] })
    expect((await api('DELETE', `/${tunnel.id}`)).status).toBe(200)
  })

  it('in part leaves the tunnel degraded, also once the lost ones have expired', async () => {
    const { lose, connections, seen, advance } = await startConnected()

    expect(await lose(3)).toMatchObject({ tunnel_status: 'degraded' })
    expect((await connections()).map(one => one.is_pending_reconnect)).toEqual([true, true, true, false])
    await advance('5m')
    expect(await connections()).toHaveLength(1)
    expect((await seen()).status).toBe('degraded')
  })

  it('of one of two connectors degrades the tunnel, until its connections have expired', async () => {
    const { connect, lose, seen, advance } = await startConnected()
    await connect()
    await lose()

    expect((await seen()).status).toBe('degraded')
    const { happened } = await advance('5m')
    expect(happened.filter(({ type }) => type === 'tunnel_status_changed')).toMatchObject([
      { at: '2026-01-01T00:05:00.000000Z', before: 'degraded', status: 'healthy' },
    ])
    expect((await seen()).status).toBe('healthy')
  })

  it.each([true, false])('what is not connected is refused, graceful %s', async graceful => {
    const { control, at } = await startConnected()
    await control.disconnectConnector(at)

    await expect(control.disconnectConnector({ ...at, graceful })).rejects.toMatchObject({ code: 'refused' })
  })

  it('what waits already does not break it again', async () => {
    const { lose, connections, advance } = await startConnected()
    await lose()
    await advance('4m')

    await expect(lose()).rejects.toMatchObject({ code: 'refused' })
    await advance('1m')
    expect(await connections()).toEqual([])
  })
})

describe('reconnecting', () => {
  it.each(['4m', '1h'])('after %s keeps the id, and opens new connections', async away => {
    const { control, id, at, lose, connections, advance, seen } = await startConnected()
    const before = (await connections()).map(one => one.id)
    await lose()
    await advance(away)

    expect(await control.reconnectConnector(at)).toMatchObject({ id, run_at: START, tunnel_status: 'healthy' })
    const after = await connections()
    expect(after).toHaveLength(4)
    expect(after.filter(one => before.includes(one.id) || one.is_pending_reconnect)).toEqual([])
    expect(new Set(after.map(({ client_id }) => client_id))).toEqual(new Set([id]))
    expect((await seen()).status).toBe('healthy')
  })

  it('in time means that nothing expires later', async () => {
    const { control, at, lose, advance, states } = await startConnected()
    await lose()
    await advance('4m')
    await control.reconnectConnector(at)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await states()).toEqual([...Array(4).fill('closed'), ...Array(4).fill('live')])
  })

  it('opens only what is missing', async () => {
    const { control, at, lose, connections } = await startConnected()
    const kept = (await connections()).slice(2).map(one => one.id)
    await lose(2)
    await control.reconnectConnector(at)

    const after = (await connections()).map(one => one.id)
    expect(after).toHaveLength(4)
    expect(after).toEqual(expect.arrayContaining(kept))
    await control.reconnectConnector(at)
    expect((await connections()).map(one => one.id)).toEqual(after)
  })

  it('with fewer connections leaves the tunnel degraded', async () => {
    const { control, at, lose } = await startConnected()
    await lose()

    expect(await control.reconnectConnector({ ...at, connections: 2 })).toMatchObject({ tunnel_status: 'degraded' })
  })

  it.each<[string, 'PATCH' | 'DELETE', string]>([
    ['with a rotated secret', 'PATCH', 'Unauthorized: Invalid tunnel secret'],
    ['to a deleted tunnel', 'DELETE', 'Unauthorized: Tunnel not found'],
  ])('%s is refused', async (_what, method, message) => {
    const { control, api, tunnel, at } = await startConnected()
    await control.disconnectConnector(at)
    await api(method, `/${tunnel.id}`, ...(method === 'PATCH' ? [{ tunnel_secret: SECRET }] : []))

    await expect(control.reconnectConnector(at)).rejects.toMatchObject(forbidden(message))
  })

  it('is refused where 25 others have taken its place', async () => {
    const { control, connect, at, clients } = await startConnected()
    await control.disconnectConnector(at)
    for (let count = 0; count < 25; count += 1) await connect({ connections: 1 })

    await expect(control.reconnectConnector(at)).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    expect(await clients()).toHaveLength(25)
  })
})

describe('draining', () => {
  it('closes one connection after the other, step by step with the clock', async () => {
    const { control, at, connections, advance, seen } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    expect(await connections()).toHaveLength(3)

    for (const left of [2, 1]) {
      await advance('10s')
      expect(await connections()).toHaveLength(left)
      expect((await seen()).status).toBe('degraded')
    }
    await advance('9s')
    expect(await connections()).toHaveLength(1)
    const { happened } = await advance('1s')
    expect(happened.map(({ type }) => type)).toEqual(['connection_closed', 'tunnel_status_changed'])
    expect(await seen()).toMatchObject({ status: 'down', conns_inactive_at: '2026-01-01T00:00:30.000000Z' })
  })

  it('does not undo what happens to the tunnel meanwhile', async () => {
    const { control, api, tunnel, at, advance, seen } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await api('PATCH', `/${tunnel.id}`, { name: 'news', tunnel_secret: SECRET })
    await advance('1m')

    expect(await seen()).toMatchObject({ name: 'news', status: 'down' })
    expect((await control.getState()).tunnels?.[0]?.tunnel_secret).toBe(SECRET)
  })

  it('does not bring a tunnel back that was deleted meanwhile', async () => {
    const { control, api, tunnel, at, advance, seen } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await api('DELETE', `/${tunnel.id}?cascade=true`)

    expect(await advance('1m')).toMatchObject({ happened: [] })
    expect((await seen()).deleted_at).toBe(START)
  })

  it('leaves alone what a reconnect opens meanwhile', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await control.reconnectConnector(at)
    await advance('1m')

    expect(await connections()).toHaveLength(1)
  })
})

describe('flapping', () => {
  it('breaks the connections and brings the connector back by itself', async () => {
    const { control, id, at, clients, advance, seen } = await startConnected()

    expect(await control.flapConnector({ ...at, down_for: '30s' })).toMatchObject({ tunnel_status: 'down' })
    const { happened } = await advance('30s')
    expect(happened.map(({ type }) => type)).toEqual([...Array(4).fill('connection_opened'), 'tunnel_status_changed'])
    expect((await clients()).map(client => client.id)).toEqual([id])
    expect((await seen()).status).toBe('healthy')
  })

  it('brings back as many connections as there were', async () => {
    const { control, at, connections, advance } = await startConnected({ connections: 2 })
    await control.flapConnector({ ...at, down_for: '30s' })
    await advance('30s')

    expect(await connections()).toHaveLength(2)
  })

  it('does not double the connections of a connector that was brought back before', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.reconnectConnector(at)
    await advance('30s')

    expect(await connections()).toHaveLength(4)
  })

  it('ends with a refusal that is told when the secret was rotated meanwhile', async () => {
    const { control, api, tunnel, id, at, advance, seen } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await api('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })

    expect((await advance('30s')).happened).toMatchObject([
      { type: 'reconnect_refused', connector_id: id, reason: 'Unauthorized: Invalid tunnel secret' },
    ])
    expect((await seen()).status).toBe('down')
  })

  it('ends when the connector is stopped while it is away', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.disconnectConnector(at)

    expect((await advance('1h')).happened).toEqual([])
    expect(await connections()).toEqual([])
  })

  it('goes on when the connector is stopped in part', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.disconnectConnector({ ...at, connections: 1 })
    await advance('30s')

    expect(await connections()).toHaveLength(4)
  })

  it('outlasts the time for which lost connections are tracked', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '10m' })
    await advance('10m')

    expect(await connections()).toHaveLength(4)
  })

  it('of what is not connected is refused', async () => {
    const { control, at } = await startConnected()
    await control.disconnectConnector(at)

    await expect(control.flapConnector(at)).rejects.toMatchObject({ code: 'refused' })
  })
})

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
