/** Faults of the edge, with a fake connector. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { EdgeFaultRequest } from '../../schemas/control/edge-fault.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT, UNKNOWN_ID } from '../support/emulator.ts'

const CLOCK = '2026-01-01T00:00:00Z'

async function start() {
  const edge = await startEdge({ clock: CLOCK })
  const tunnel = await edge.createTunnel()
  const { control } = edge.emulator
  return {
    ...edge,
    tunnel,
    control,
    connector: await edge.connectorOf(tunnel),
    publish: (service = 'hello_world') =>
      edge.put(`/${tunnel.id}/configurations`, { config: { ingress: [{ service }] } }),
    versions: async () =>
      (await edge.get<Client[]>(`/${tunnel.id}/connections`)).result.map(client => client.config_version),
    liveConnections: async () => (await control.getEdge()).connections,
  }
}

describe('the faults of the edge', () => {
  it('are added by rule or preset, listed, removed and cleared', async () => {
    const { control } = await start()
    const effect = { corrupt_frame: true } as const

    expect(await control.addEdgeFault({ conn_index: 3, effect })).toEqual([
      { id: 'edge-fault-1', conn_index: 3, effect, hits: 0, seen: 0, exhausted: false },
    ])
    expect(await control.addEdgeFault({ preset: 'slow-propagation' })).toMatchObject([{ id: 'edge-fault-2', times: 2 }])
    expect(await control.listEdgeFaults()).toMatchObject([{ id: 'edge-fault-1' }, { id: 'edge-fault-2' }])
    expect(await control.removeEdgeFault({ id: 'edge-fault-1' })).toMatchObject({ id: 'edge-fault-1' })
    expect(await control.clearEdgeFaults()).toMatchObject([{ id: 'edge-fault-2' }])
    expect(await control.listEdgeFaults()).toEqual([])
  })

  it.each<[EdgeFaultRequest, string]>([
    [{}, 'a fault needs an effect, or is a preset: edge-outage, flapping, slow-propagation'],
    [{ preset: 'flapping', conn_index: 1 }, 'the preset flapping is asked for alone, without anything else'],
    [{ hostname: 'a.example.com', effect: { stall: { ms: 1 } } }, 'hostname never matches: stall acts on a connection'],
  ])('with %j are rejected', async (request, message) => {
    const { control } = await start()

    await expect(control.addEdgeFault(request)).rejects.toThrow(message)
  })

  it('with an unknown id cannot be removed', async () => {
    const { control } = await start()
    const missing = new ControlError('not_found', 'there is no fault edge-fault-1 of the edge')

    await expect(control.removeEdgeFault({ id: 'edge-fault-1' })).rejects.toThrow(missing)
  })

  it('end when their world is reset, and belong to it alone', async () => {
    const { emulator, control } = await start()
    const { id } = await control.createWorld()
    await control.addEdgeFault({ preset: 'flapping' })

    expect(await emulator.controlOf(id).listEdgeFaults()).toEqual([])
    await control.reset()
    expect(await control.listEdgeFaults()).toEqual([])
  })
})

describe('a registration', () => {
  it('is refused with the default text, as often as the rule says, and the event has it', async () => {
    const { control, connector, events } = await start()
    await control.addEdgeFault({ preset: 'slow-propagation' })

    for (const _ of [1, 2]) await expect(connector.connect(0)).rejects.toThrow('Unauthorized: Failed to get tunnel')
    await connector.connect(0)
    expect(await events('registration_refused')).toMatchObject(
      [1, 2].map(() => ({ connector_id: connector.id, reason: 'Unauthorized: Failed to get tunnel' })),
    )
  })

  it('is refused with the given text, if tunnel, connector and index match', async () => {
    const { control, connector, tunnel } = await start()
    const effect = { refuse_registration: { cause: 'EDUPCONN', should_retry: false } }
    await control.addEdgeFault({ tunnel_id: tunnel.id, connector_id: connector.id, conn_index: 1, effect })
    await control.addEdgeFault({ tunnel_id: UNKNOWN_ID, effect })

    await connector.connect(0)
    const refused = await connector.open(1)
    expect((await refused.register(connector.registration(1))).refusal).toMatchObject({
      cause: 'EDUPCONN',
      should_retry: false,
    })
  })

  it('is answered late, and refused then if its tunnel is deleted meanwhile', async () => {
    const { control, connector, tunnel, delete: remove } = await start()
    await control.addEdgeFault({ effect: { delay_registration: { ms: 60 } } })
    const startedAt = performance.now()
    await connector.connect(0)
    expect(performance.now() - startedAt).toBeGreaterThan(55)

    const late = connector.connect(1)
    await vi.waitFor(async () => expect(await control.listEdgeFaults()).toMatchObject([{ hits: 2 }]))
    await remove(`/${tunnel.id}?cascade=true`)
    await expect(late).rejects.toThrow('Unauthorized: Tunnel not found')
  })

  it('that is answered late leaves nothing if its connection ends first', async () => {
    const { control, connector, liveConnections, versions } = await start()
    await control.addEdgeFault({ effect: { delay_registration: { ms: 60 } } })
    const connection = await connector.open(0)
    const answer = connection.register(connector.registration(0))
    await vi.waitFor(async () => expect(await control.listEdgeFaults()).toMatchObject([{ hits: 1 }]))
    await Promise.all([connection.kill(), expect(answer).rejects.toThrow('the edge closed the connection')])
    await connector.connect(1)

    expect([await liveConnections(), await versions()]).toEqual([1, [undefined]])
  })

  it('is answered with a frame that cannot be read', async () => {
    const { control, connector, events } = await start()
    await control.addEdgeFault({ effect: { corrupt_frame: true } })
    const connection = await connector.open(0)
    const stream = await connection.controlStream()
    stream.removeAllListeners('data')
    const received: Buffer[] = []
    stream.on('data', (chunk: Buffer) => received.push(chunk))
    void connection.register(connector.registration(0)).catch(() => undefined)
    await connection.closed

    // After the answer to bootstrap, a root far outside of its segment.
    expect(Buffer.concat(received).subarray(-1_000).includes(Buffer.from('fcffff7f', 'hex'))).toBe(true)
    expect(await events('registration_refused')).toMatchObject([{ reason: 'a fault made the answer unreadable' }])
  })
})

describe('a connection', () => {
  it('that exists is dropped when the rule is added, as often as it says', async () => {
    const { control, connector, liveConnections } = await start()
    await connector.connectAll(3)

    const [report] = await control.addEdgeFault({ times: 2, effect: { drop_connection: {} } })
    expect(report).toMatchObject({ hits: 2, seen: 3, exhausted: true })
    await vi.waitFor(async () => expect(await liveConnections()).toBe(1))
  })

  it('is seen once by each rule', async () => {
    const { control, connector } = await start()
    await control.addEdgeFault({ conn_index: 0, effect: { stall: { ms: 1 } } })
    await connector.connect(0)
    await vi.waitFor(async () => expect(await control.listEdgeFaults()).toMatchObject([{ seen: 1 }]))
    await control.addEdgeFault({ conn_index: 1, effect: { stall: { ms: 1 } } })

    expect(await control.listEdgeFaults()).toMatchObject([{ seen: 1 }, { seen: 0 }])
  })

  it('that registers is dropped after it has the answer', async () => {
    const { control, connector, events, liveConnections } = await start()
    await control.addEdgeFault({ effect: { drop_connection: {} } })
    const connection = await connector.connect(0)
    await connection.closed

    await vi.waitFor(async () => expect(await events('connection_lost')).toHaveLength(1))
    expect(await liveConnections()).toBe(0)
  })

  it('is dropped, and none is accepted, in an outage until the clock of the world has passed it', async () => {
    const { control, connector } = await start()
    const connections = await connector.connectAll(2)
    await control.addEdgeFault({ preset: 'edge-outage' })
    await Promise.all(connections.map(({ closed }) => closed))

    await expect(connector.connect(0)).rejects.toThrow('Unauthorized: Failed to get tunnel')
    await control.moveClock({ advance: '30s' })
    await connector.connect(0)
    expect(connector.connections).toHaveLength(1)
  })

  it('that stalls passes nothing, and is not taken for dead', async () => {
    const { control, connector, versions, publish } = await start()
    await connector.connect(0)
    const startedAt = performance.now()
    await control.addEdgeFault({ effect: { stall: { ms: 80 } } })
    await publish()

    await vi.waitFor(() => expect(connector.pushes).toHaveLength(1), { interval: 1 })
    expect(performance.now() - startedAt).toBeGreaterThan(75)
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))
    expect(connector.connections).toHaveLength(1)
  })

  it('that stalls is unregistered when that is over', async () => {
    const { control, connector, liveConnections } = await start()
    await connector.connect(0)
    await control.addEdgeFault({ effect: { stall: { ms: 80 } } })
    const stopped = connector.stop()

    expect(await liveConnections()).toBe(1)
    await stopped
    expect(await liveConnections()).toBe(0)
  })
})

describe('a configuration', () => {
  it('is not sent, and the version of the connector lags', async () => {
    const { control, connector, publish, versions } = await start()
    await publish()
    await connector.connect(0)
    await vi.waitFor(async () => expect(await versions()).toEqual([1]))
    await control.addEdgeFault({ times: 1, effect: { refuse_configuration: true } })
    await publish('http_status:404')
    await vi.waitFor(async () => expect(await control.listEdgeFaults()).toMatchObject([{ hits: 1 }]))
    expect(await versions()).toEqual([1])

    await publish('http_status:410')
    await vi.waitFor(async () => expect(await versions()).toEqual([3]))
    expect(connector.pushes.map(({ version }) => version)).toEqual([1, 3])
  })

  it('is sent late, and then the latest', async () => {
    const { control, connector, publish, versions } = await start()
    await connector.connect(0)
    await control.addEdgeFault({ effect: { delay_configuration: { ms: 60 } } })
    await publish()
    await publish('http_status:404')

    await vi.waitFor(async () => expect(await versions()).toEqual([2]))
    expect(connector.pushes.map(({ version }) => version)).toEqual([2])
  })
})

describe('a world', () => {
  it('that refuses connectors keeps those that it has, also after a reset', async () => {
    const { control, connector, tunnel } = await start()
    await connector.connect(0)
    expect(await control.changeEdge({ accepts: false })).toMatchObject({ accepts: false, connections: 1 })

    await expect(connector.connect(1)).rejects.toThrow('Unauthorized: Tunnel not found')
    await control.putState(await control.getState())
    expect(await control.getEdge()).toMatchObject({ accepts: false, connections: 1 })
    await control.changeEdge({ accepts: true })
    await connector.connect(1)
    expect(await control.listConnectors({ account_id: ACCOUNT, tunnel_id: tunnel.id })).toMatchObject([
      { connections: [{ state: 'live' }, { state: 'live' }] },
    ])
  })
})
