import { describe, expect, it } from 'vitest'
import { SECRET } from '../../support/emulator.ts'
import { START, startConnected } from '../../support/frozen-emulator.ts'

function forbidden(message: string) {
  return { code: 'forbidden', message }
}

describe('disconnecting', () => {
  it('gracefully closes the connections at once', async () => {
    const { control, at, clients, states, seen, happened } = await startConnected()

    expect(await control.disconnectConnector(at)).toMatchObject({ tunnel_status: 'down' })
    expect(await clients()).toEqual([])
    expect(await states()).toEqual(Array(4).fill('closed'))
    expect((await seen()).status).toBe('down')
    expect((await happened()).slice(-5)).toEqual([...Array(4).fill('connection_closed'), 'tunnel_status_changed'])
  })

  it('gracefully closes pending connections too', async () => {
    const { control, api, tunnel, at, lose, clients, advance } = await startConnected()
    await lose()
    await control.disconnectConnector(at)

    expect(await clients()).toEqual([])
    expect(await advance('5m')).toMatchObject({ happened: [] })
    expect((await api('DELETE', `/${tunnel.id}`)).status).toBe(200)
  })

  it('in part leaves the tunnel degraded, even after the lost connections expire', async () => {
    const { lose, connections, seen, advance } = await startConnected()

    expect(await lose(3)).toMatchObject({ tunnel_status: 'degraded' })
    expect((await connections()).map(one => one.is_pending_reconnect)).toEqual([true, true, true, false])
    await advance('5m')
    expect(await connections()).toHaveLength(1)
    expect((await seen()).status).toBe('degraded')
  })

  it('one of two connectors degrades the tunnel until its connections expire', async () => {
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

  it.each([true, false])('an unconnected connector is refused, graceful %s', async graceful => {
    const { control, at } = await startConnected()
    await control.disconnectConnector(at)

    await expect(control.disconnectConnector({ ...at, graceful })).rejects.toMatchObject({ code: 'refused' })
  })

  it('does not change connections that are pending already', async () => {
    const { lose, connections, advance } = await startConnected()
    await lose()
    await advance('4m')

    await expect(lose()).rejects.toMatchObject({ code: 'refused' })
    await advance('1m')
    expect(await connections()).toEqual([])
  })
})

describe('reconnecting', () => {
  it.each(['4m', '1h'])('after %s keeps the id and opens new connections', async away => {
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

  it('in time prevents expiry', async () => {
    const { control, at, lose, advance, states } = await startConnected()
    await lose()
    await advance('4m')
    await control.reconnectConnector(at)

    expect(await advance('1h')).toMatchObject({ happened: [] })
    expect(await states()).toEqual([...Array(4).fill('closed'), ...Array(4).fill('live')])
  })

  it('opens only missing connections', async () => {
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

  it('is refused when 25 other connectors are connected', async () => {
    const { control, connect, at, clients } = await startConnected()
    await control.disconnectConnector(at)
    for (let count = 0; count < 25; count += 1) await connect({ connections: 1 })

    await expect(control.reconnectConnector(at)).rejects.toMatchObject(forbidden('Unauthorized: more than 25 replicas'))
    expect(await clients()).toHaveLength(25)
  })
})

describe('draining', () => {
  it('closes one connection after the other as the clock advances', async () => {
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

  it('does not undo changes to the tunnel meanwhile', async () => {
    const { control, api, tunnel, at, advance, seen } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await api('PATCH', `/${tunnel.id}`, { name: 'news', tunnel_secret: SECRET })
    await advance('1m')

    expect(await seen()).toMatchObject({ name: 'news', status: 'down' })
    expect((await control.getState()).tunnels?.[0]?.tunnel_secret).toBe(SECRET)
  })

  it('does not bring back a tunnel that is deleted meanwhile', async () => {
    const { control, api, tunnel, at, advance, seen } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await api('DELETE', `/${tunnel.id}?cascade=true`)

    expect(await advance('1m')).toMatchObject({ happened: [] })
    expect((await seen()).deleted_at).toBe(START)
  })

  it('does not close connections that a reconnect opens meanwhile', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.drainConnector({ ...at, every: '10s' })
    await control.reconnectConnector(at)
    await advance('1m')

    expect(await connections()).toHaveLength(1)
  })
})

describe('flapping', () => {
  it('loses the connections and reconnects by itself', async () => {
    const { control, id, at, clients, advance, seen } = await startConnected()

    expect(await control.flapConnector({ ...at, down_for: '30s' })).toMatchObject({ tunnel_status: 'down' })
    const { happened } = await advance('30s')
    expect(happened.map(({ type }) => type)).toEqual([...Array(4).fill('connection_opened'), 'tunnel_status_changed'])
    expect((await clients()).map(client => client.id)).toEqual([id])
    expect((await seen()).status).toBe('healthy')
  })

  it('reopens as many connections as there were', async () => {
    const { control, at, connections, advance } = await startConnected({ connections: 2 })
    await control.flapConnector({ ...at, down_for: '30s' })
    await advance('30s')

    expect(await connections()).toHaveLength(2)
  })

  it('does not double the connections of a connector that has reconnected', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.reconnectConnector(at)
    await advance('30s')

    expect(await connections()).toHaveLength(4)
  })

  it('ends with an event when the secret is rotated meanwhile', async () => {
    const { control, api, tunnel, id, at, advance, seen } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await api('PATCH', `/${tunnel.id}`, { tunnel_secret: SECRET })

    expect((await advance('30s')).happened).toMatchObject([
      { type: 'reconnect_refused', connector_id: id, reason: 'Unauthorized: Invalid tunnel secret' },
    ])
    expect((await seen()).status).toBe('down')
  })

  it('ends when the connector is disconnected meanwhile', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.disconnectConnector(at)

    expect((await advance('1h')).happened).toEqual([])
    expect(await connections()).toEqual([])
  })

  it('continues when the connector is disconnected in part', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '30s' })
    await control.disconnectConnector({ ...at, connections: 1 })
    await advance('30s')

    expect(await connections()).toHaveLength(4)
  })

  it('can last longer than lost connections are tracked', async () => {
    const { control, at, connections, advance } = await startConnected()
    await control.flapConnector({ ...at, down_for: '10m' })
    await advance('10m')

    expect(await connections()).toHaveLength(4)
  })

  it('an unconnected connector is refused', async () => {
    const { control, at } = await startConnected()
    await control.disconnectConnector(at)

    await expect(control.flapConnector(at)).rejects.toMatchObject({ code: 'refused' })
  })
})
