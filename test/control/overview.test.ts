import { describe, expect, it } from 'vitest'
import { OPERATION_NAMES, OPERATIONS } from '../../schemas/control/operations.ts'
import { ACCOUNT, SECRET, seedOf, UNKNOWN_ID } from '../support/emulator.ts'
import { config, startConnected, startFrozen, startTunnel } from '../support/frozen-emulator.ts'

describe('getOverview', () => {
  it('has each connection of a tunnel with its state, and the clock', async () => {
    const { control, lose, id, tunnel, advance } = await startConnected()
    await lose(1)
    await advance('10s')
    const { clock, tunnels } = await control.getOverview()

    expect(clock).toEqual(await control.getClock())
    expect(tunnels).toMatchObject([{ account_id: ACCOUNT, tunnel_id: tunnel.id, name: 'blog', status: 'degraded' }])
    const [connector] = tunnels[0]?.connectors ?? []
    expect(connector).toMatchObject({ id, kind: 'simulated', tunnel_status: 'degraded' })
    expect(connector?.connections.map(({ state }) => state)).toEqual(['pending', 'live', 'live', 'live'])
  })

  it('has the same connectors and status as the other operations', async () => {
    const { control } = await startFrozen({ seed: ['every-status', 'demo'] })
    const { tunnels } = await control.getOverview()

    const summaries = await control.listTunnels()
    expect(tunnels.map(({ name, status, hostnames }) => ({ name, status, hostnames }))).toEqual(
      summaries.map(({ name, status, hostnames }) => ({ name, status, hostnames })),
    )
    for (const { account_id, tunnel_id, connectors } of tunnels) {
      expect(connectors).toEqual(await control.listConnectors({ account_id, tunnel_id }))
    }
  })

  it('has the rules of the latest configuration', async () => {
    const { control, api, tunnel } = await startTunnel()
    await api('PUT', `/${tunnel.id}/configurations`, config('hello_world'))
    const ingress = [
      { hostname: 'www.example.com', path: '^/api', service: 'http://localhost:8080' },
      { hostname: 'www.example.com', service: 'http://localhost:8081' },
      { service: 'http_status:404' },
    ]
    await api('PUT', `/${tunnel.id}/configurations`, { config: { ingress } })
    const { tunnels } = await control.getOverview()

    expect(tunnels[0]).toMatchObject({
      hostnames: ['www.example.com'],
      configuration: {
        version: 2,
        source: 'cloudflare',
        author: 'API token',
        rules: [
          { hostname: 'www.example.com', path: '^/api', service: 'http://localhost:8080' },
          { hostname: 'www.example.com', path: null, service: 'http://localhost:8081' },
          { hostname: null, path: null, service: 'http_status:404' },
        ],
      },
    })
  })

  it('leaves out deleted tunnels, unless it is asked for them', async () => {
    const { control, api, create, tunnel } = await startTunnel()
    await create('shop')
    await api('DELETE', `/${tunnel.id}`)
    const names = async (filter?: Parameters<typeof control.getOverview>[0]) =>
      (await control.getOverview(filter)).tunnels.map(({ name }) => name)

    expect(await names()).toEqual(['shop'])
    expect(await names({ deleted: true })).toEqual(['blog', 'shop'])
    expect((await control.getOverview({ deleted: true })).tunnels[0]?.deleted_at).not.toBeNull()
  })

  it('can leave out the connections that ended before a time', async () => {
    const { control, at, connect, lose, advance } = await startConnected()
    await lose(1)
    await advance('10m')
    const second = await connect()
    await control.disconnectConnector({ ...at, connector_id: second.id })
    await advance('10m')
    const ids = async (since?: string) => {
      const { tunnels } = await control.getOverview(since === undefined ? {} : { since })
      return tunnels.flatMap(({ connectors }) => connectors.map(({ connections }) => connections.length))
    }
    expect(await ids()).toEqual([4, 4])
    expect(await ids('2026-01-01T00:04:59Z')).toEqual([4, 4])
    expect(await ids('2026-01-01T01:05:00+01:00')).toEqual([3, 4])
    expect(await ids('2026-01-01T00:10:00Z')).toEqual([3])

    await control.disconnectConnector(at)
    expect(await ids('2026-01-01T00:20:00Z')).toEqual([])
  })

  it('can be of one tunnel', async () => {
    const { control, create } = await startTunnel()
    const { id } = await create('shop')
    const { accounts, tunnels } = await control.getOverview({ tunnel_id: id.toUpperCase() })

    expect(tunnels.map(({ name }) => name)).toEqual(['shop'])
    expect(accounts).toEqual([{ id: ACCOUNT, name: 'Example account' }])
    expect((await control.getOverview({ tunnel_id: UNKNOWN_ID })).tunnels).toEqual([])
  })

  it('names the accounts of the tunnels', async () => {
    const [state] = seedOf({ name: 'blog' })
    const { control } = await startFrozen({ seed: [{ ...state, accounts: [{ id: ACCOUNT, name: 'Shop Ltd' }] }] })

    expect((await control.getOverview()).accounts).toEqual([{ id: ACCOUNT, name: 'Shop Ltd' }])
  })

  it('has no secret of a tunnel, a connector or a service', async () => {
    const ingress = [{ service: 'http://user:hunter2hunter2@localhost' }]
    const { emulator } = await startFrozen({
      check_ingress: false,
      seed: seedOf({
        name: 'token=hunter3hunter3',
        tunnel_secret: SECRET,
        config_src: 'cloudflare',
        configurations: [{ config: { ingress } }],
        connectors: [{ tunnel_secret: SECRET }],
      }),
    })
    const { body } = await emulator.inject({ url: '/_mockflared/overview?deleted=true' })

    expect(body).toContain('"service":"http://[redacted]@localhost"')
    for (const secret of [SECRET, 'hunter2hunter2', 'hunter3hunter3']) expect(body).not.toContain(secret)
  })
})

describe('the event of a result', () => {
  it('is the latest that the result contains, so that a list and a stream meet', async () => {
    const { emulator, control, create } = await startFrozen()
    await create('blog')
    const { event_id } = await control.getOverview()
    const all = await control.listEvents()
    const { headers } = await emulator.inject({ url: '/_mockflared/tunnels' })

    expect(all.at(-1)?.id).toBe(event_id)
    expect(headers['mockflared-event']).toBe(String(event_id))
    await create('shop')
    expect((await control.listEvents({ after: event_id })).map(({ type }) => type)).toContain('tunnel_created')
  })

  it('is after those of the jobs that became due', async () => {
    const { emulator, control, lose, advance } = await startConnected()
    await lose()
    await advance('10m')
    const { headers, body } = await emulator.inject({ url: '/_mockflared/overview' })

    const last = (await control.listEvents()).at(-1)?.id
    expect([headers['mockflared-event'], JSON.parse(body).event_id]).toEqual([String(last), last])
  })

  it('is with the result of each operation, and not with an error', async () => {
    const { emulator } = await startFrozen()
    const reads = OPERATION_NAMES.map(name => OPERATIONS[name].route).filter(([method]) => method === 'GET')
    for (const [, path] of reads) {
      const { statusCode, headers } = await emulator.inject({ url: `/_mockflared${path}` })
      expect(headers['mockflared-event'] !== undefined, path).toBe(statusCode === 200)
    }
  })
})

describe('reading through the control plane', () => {
  it('changes nothing that can be read: no entry, no event, no evidence, no id, no use of a world', async () => {
    const started = await startFrozen({ seed: ['every-status'] })
    const { emulator, control, create } = started
    await create('news')
    await control.saveSnapshot({ name: 'calm' })
    const [{ account_id, tunnel_id } = { account_id: '', tunnel_id: '' }] = await control.listTunnels()
    const look = async () =>
      JSON.stringify([
        await control.getState(),
        await control.listRequests(),
        await control.getReport(),
        await control.listEvents(),
      ])
    const before = await look()
    for (const [method, path] of OPERATION_NAMES.map(name => OPERATIONS[name].route)) {
      const place = path
        .replace(':account_id', account_id)
        .replace(':tunnel_id', tunnel_id)
        .replace(':id', '1')
        .replace(':name', 'calm')
      if (method === 'GET') await emulator.inject({ url: `/_mockflared${place}` })
    }
    expect(await look()).toBe(before)

    const other = await startFrozen({ seed: ['every-status'] })
    await other.create('news')
    expect((await create('blog')).id).toBe((await other.create('blog')).id)
  })
})
