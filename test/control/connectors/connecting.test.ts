import { describe, expect, it } from 'vitest'
import type { Tunnel, UpdatedTunnel } from '../../../schemas/tunnel.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../../support/emulator.ts'
import { START, startConnected, startTunnel } from '../../support/frozen-emulator.ts'

function forbidden(message: string) {
  return { code: 'forbidden', message }
}

function tokenOf(tunnel: string, account = ACCOUNT): string {
  return btoa(JSON.stringify({ a: account, t: tunnel, s: SECRET }))
}

type Started = Awaited<ReturnType<typeof startTunnel>>

describe('a connector', () => {
  it('connects, is lost, is pending and expires, as the clock advances', async () => {
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

  it('records an event for each change', async () => {
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

  it('is pending for the time of the option', async () => {
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
  it('is a current cloudflared with four connections to two data centers in turn', {
    tags: ['connector_spread'],
  }, async () => {
    const { clients, id } = await startConnected()
    const [client] = await clients()

    expect(client).toMatchObject({ id, version: expect.stringMatching(/^20\d\d\./), arch: 'linux_amd64' })
    expect(client?.conns.map(({ colo_name }) => colo_name)).toEqual(['dfw08', 'iad05', 'dfw08', 'iad05'])
    expect(new Set(client?.conns.map(conn => conn.id)).size).toBe(4)
  })

  it('has the requested properties', async () => {
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

  it('does not show its secret', async () => {
    const { control, address, tunnel } = await startConnected()

    expect(JSON.stringify(await control.listConnectors(address))).not.toContain(tunnel.credentials_file.TunnelSecret)
  })

  it('with the id of another connector is refused, even if that is disconnected', async () => {
    const { control, connect, id, at } = await startConnected()
    await expect(connect({ id })).rejects.toMatchObject({ code: 'refused' })

    await control.disconnectConnector(at)
    await expect(connect({ id: id.toUpperCase() })).rejects.toMatchObject({
      code: 'refused',
      message: expect.stringContaining('let it reconnect'),
    })
  })

  it('is refused beyond 25 connectors', { tags: ['replica_limit'] }, async () => {
    const { connect, clients } = await startTunnel()
    for (let count = 0; count < 25; count += 1) await connect({ connections: 1 })

    await expect(connect()).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    expect(await clients()).toHaveLength(25)
  })

  it('is refused while 25 others are connected or pending', async () => {
    const { connect, lose, advance } = await startConnected()
    for (let count = 1; count < 25; count += 1) await connect({ connections: 1 })
    await lose()

    await expect(connect()).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    await advance('5m')
    await expect(connect()).resolves.toMatchObject({ run_at: '2026-01-01T00:05:00.000000Z' })
  })
})

describe('a token', () => {
  it('of the tunnel is accepted', async () => {
    const { connect, tunnel } = await startTunnel()

    await expect(connect({ token: tunnel.token })).resolves.toMatchObject({ tunnel_status: 'healthy' })
  })

  it.each<[string, (started: Started) => Promise<string>, string]>([
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
  ])('%s is refused', { tags: ['connector_refused'] }, async (_what, given, message) => {
    const started = await startTunnel()
    const token = await given(started)

    await expect(started.connect({ token })).rejects.toMatchObject(forbidden(message))
    expect(await started.clients()).toEqual([])
  })

  it.each(['', 'nonsense', btoa('null'), btoa('{"a":1}')])('%j is invalid', async token => {
    const { connect } = await startTunnel()

    await expect(connect({ token })).rejects.toMatchObject({ code: 'invalid' })
  })

  it('from after a rotation is accepted, and old connectors stay connected', {
    tags: ['secret_rotation'],
  }, async () => {
    const { api, tunnel, connect, seen } = await startConnected()
    const { result } = await api<UpdatedTunnel>('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })

    expect((await seen()).status).toBe('healthy')
    await expect(connect({ token: result.token })).resolves.toMatchObject({ tunnel_status: 'healthy' })
  })
})

describe('an unknown address', () => {
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

  it('with ids in upper case is found', async () => {
    const { control, at } = await startConnected()
    const upper = Object.fromEntries(Object.entries(at).map(([key, id]) => [key, id.toUpperCase()]))

    await expect(control.disconnectConnector({ ...at, ...upper })).resolves.toMatchObject({ id: at.connector_id })
  })
})
