/** Remote configurations, from the API to the connectors of a tunnel. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import type { FakeConnectorOptions } from '../support/edge/fake-connector.ts'
import { startEdge } from '../support/edge/start-edge.ts'

const configFor = (hostname: string) => ({
  ingress: [{ hostname, service: 'http://localhost:8000' }, { service: 'http_status:404' }],
})

async function startWithConfiguration(given: Partial<FakeConnectorOptions> = {}) {
  const edge = await startEdge()
  const tunnel = await edge.createTunnel()
  const publish = (hostname: string) => edge.put(`/${tunnel.id}/configurations`, { config: configFor(hostname) })
  await publish('old.example.com')
  const versions = async () =>
    (await edge.get<Client[]>(`/${tunnel.id}/connections`)).result.map(client => client.config_version)
  const connector = await edge.connectorOf(tunnel, given)
  const hostnames = () => connector.pushes.map(({ version, config }) => `${version} ${hostnameIn(config)}`)
  return { ...edge, tunnel, publish, versions, connector, hostnames }
}

function hostnameIn(config: unknown): unknown {
  return (config as ReturnType<typeof configFor>).ingress[0]?.hostname
}

describe('a connector that registers', () => {
  it('gets the latest configuration over its first connection, and once', {
    tags: ['edge_configuration_once'],
  }, async () => {
    const { connector, versions, hostnames } = await startWithConfiguration()
    await connector.connect()
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))

    await connector.connect()
    await connector.connect()
    expect(hostnames()).toEqual(['1 old.example.com'])
  })

  it('gets nothing if its tunnel never had a configuration', { tags: ['edge_configuration_once'] }, async () => {
    const { createTunnel, connectorOf, publish, versions, connector } = await startWithConfiguration()
    const other = await connectorOf(await createTunnel({ name: 'other' }))
    await other.connect()
    await connector.connect()
    await publish('new.example.com')
    await vi.waitFor(async () => expect(await versions()).toEqual([2]))
    expect(other.pushes).toEqual([])
  })

  it('gets its configuration again under a higher number if it has another one', {
    tags: ['edge_configuration_version'],
  }, async () => {
    const { connector, versions, hostnames } = await startWithConfiguration()
    connector.configuration = { version: 1, config: 'that of an earlier server' }
    await connector.connect()
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))
    expect(hostnames()).toEqual(['2 old.example.com'])
  })
})

describe('a new configuration', () => {
  it('goes to each connector once, in less than a second', async () => {
    const { connector, connectorOf, tunnel, publish, versions, hostnames } = await startWithConfiguration()
    const other = await connectorOf(tunnel)
    await connector.connectAll()
    await other.connectAll()
    await vi.waitFor(async () => expect(await versions()).toEqual([1, 1]))

    await publish('new.example.com')
    await vi.waitFor(async () => expect(await versions()).toEqual([2, 2]))
    expect(hostnames()).toEqual(['1 old.example.com', '2 new.example.com'])
    expect(other.pushes.map(({ version }) => version)).toEqual([1, 2])
  })

  it('arrives last if several are published at once', async () => {
    const { connector, publish, versions } = await startWithConfiguration()
    await connector.connect()
    await Promise.all(['a', 'b', 'c', 'd'].map(name => publish(`${name}.example.com`)))
    await vi.waitFor(async () => expect(await versions()).toEqual([5]))
    expect(hostnameIn(connector.configuration.config)).toBe('d.example.com')
  })

  it('leaves the version as it is when the connector refuses it', async () => {
    const { connector, publish, versions, events } = await startWithConfiguration({
      refuses: config => hostnameIn(config) === 'bad.example.com',
    })
    await connector.connect()
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))
    await publish('bad.example.com')

    await vi.waitFor(async () =>
      expect(await events('configuration_refused')).toMatchObject([
        { connector_id: connector.id, version: 2, reason: '{}' },
      ]),
    )
    expect(await versions()).toEqual([1])
  })

  it('takes the next connection if the first one no longer answers', async () => {
    const { connector, publish, versions } = await startWithConfiguration()
    const [first] = [await connector.connect(), await connector.connect()]
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))

    const published = publish('new.example.com')
    await first?.kill()
    await published
    await vi.waitFor(async () => expect(await versions()).toEqual([2]))
  })

  it('reaches the connector of a local tunnel, which is a remote one from then on', async () => {
    const { createTunnel, connectorOf, put } = await startWithConfiguration()
    const tunnel = await createTunnel({ name: 'local', config_src: 'local' })
    const connector = await connectorOf(tunnel)
    await connector.connect()
    await put(`/${tunnel.id}/configurations`, { config: configFor('remote.example.com') })
    await vi.waitFor(() => expect(hostnameIn(connector.configuration.config)).toBe('remote.example.com'))
  })

  it('is delayed or held back as the connector is set', async () => {
    const { emulator, connector, tunnel, publish, versions } = await startWithConfiguration()
    const { account_tag: account_id, id: tunnel_id } = tunnel
    const address = { account_id, tunnel_id, connector_id: connector.id }
    await connector.connect()
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))

    await emulator.control.changeConnector({ ...address, config_delay_ms: null })
    await publish('new.example.com')
    await emulator.control.changeConnector({ ...address, config_delay_ms: 1 })
    await publish('newer.example.com')
    await vi.waitFor(async () => expect(await versions()).toEqual([3]))
    expect(connector.pushes.map(({ version }) => version)).toEqual([1, 3])
  })
})

describe('a world that is replaced', () => {
  it('sends its configuration to the connectors that stay, whatever they had', async () => {
    const { emulator, connector, publish, versions, hostnames } = await startWithConfiguration()
    await connector.connectAll()
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))
    await emulator.control.saveSnapshot({ name: 'before' })
    await publish('new.example.com')
    await vi.waitFor(async () => expect(await versions()).toEqual([2]))

    await emulator.control.restoreSnapshot({ name: 'before' })
    await vi.waitFor(() => expect(hostnames().at(-1)).toBe('3 old.example.com'))
    expect(await versions()).toEqual([1])
    expect(connector.connections).toHaveLength(4)
  })
})
