import { describe, expect, it } from 'vitest'
import type { DueItem } from '../../schemas/control/due.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { ACCOUNT, seedOf } from '../support/emulator.ts'
import { startConnected, startFrozen } from '../support/frozen-emulator.ts'

const TUNNEL = '00000000-0000-4000-8000-000000000001'
const CONNECTOR = '00000000-0000-4000-9000-000000000001'

type Started = Awaited<ReturnType<typeof startConnected>>

/** Items with the seconds after the start instead of times. */
function inSeconds(items: readonly DueItem[]) {
  return items.map(({ at, ...item }) => ({
    ...item,
    in: (Date.parse(at) - Date.parse('2026-01-01T00:00:00Z')) / 1_000,
  }))
}

describe('listDue', () => {
  it('is empty while nothing is due', async () => {
    const { control } = await startConnected()

    expect(await control.listDue()).toEqual([])
  })

  it('has the expiry of lost connections, with their connector', async () => {
    const { control, lose, advance, id, address } = await startConnected()
    await lose(1)
    await advance('10s')
    await lose()
    const item = { happens: 'connections_expire', ...address, connector_id: id }

    expect(inSeconds(await control.listDue())).toEqual([
      { ...item, connections: 1, in: 300 },
      { ...item, connections: 3, in: 310 },
    ])
    await advance('5m')
    expect(await control.listDue()).toEqual([])
  })

  it('has no expiry of connections whose connector came back', async () => {
    const { control, lose, at } = await startConnected()
    await lose()
    await control.reconnectConnector(at)

    expect(await control.listDue()).toEqual([])
  })

  it('has what simulated connectors will do, and it happens then', async () => {
    const { control, at, address, id, advance, publish } = await startConnected()
    await control.changeConnector({ ...at, config_delay_ms: 30_000 })
    await publish()
    await control.drainConnector({ ...at, every: '20s' })
    const items = inSeconds(await control.listDue())
    const item = { ...address, connector_id: id }

    expect(items).toEqual([
      { ...item, happens: 'connection_closes', connection_id: expect.any(String), in: 20 },
      { ...item, happens: 'connector_applies_configuration', in: 30 },
      { ...item, happens: 'connection_closes', connection_id: expect.any(String), in: 40 },
      { ...item, happens: 'connection_closes', connection_id: expect.any(String), in: 60 },
    ])
    const { happened } = await advance('30s')
    expect(happened.map(({ type, connection_id }) => [type, connection_id])).toEqual([
      ['connection_closed', items[0]?.connection_id],
      ['configuration_taken', undefined],
    ])
  })

  it.each([
    ['flap', 7, (control: Started['control'], at: Started['at']) => control.flapConnector({ ...at, down_for: '7s' })],
    [
      'were dropped',
      1,
      (_: unknown, { tunnel_id }: Started['at'], api: Started['api']) => api('DELETE', `/${tunnel_id}/connections`),
    ],
  ])('has the return of connectors that %s', async (_what, seconds, drop) => {
    const { control, at, api } = await startConnected({ reconnects: true })
    await drop(control, at, api)

    expect(inSeconds(await control.listDue())).toContainEqual({
      ...at,
      happens: 'connector_reconnects',
      in: seconds,
    })
  })

  it('has the steps of a scenario', async () => {
    const steps = (['lost', 'back', 'drained', 'stopped'] as const).map((happens, index) => ({
      after: `${(index + 1) * 60}s`,
      account_id: ACCOUNT,
      tunnel_id: TUNNEL,
      connector_id: CONNECTOR,
      happens,
    }))
    const [state] = seedOf({ id: TUNNEL, name: 'blog', connectors: [{ id: CONNECTOR }] })
    const { control } = await startFrozen({ seed: [{ ...state, scenario: steps }] })
    const item = { account_id: ACCOUNT, tunnel_id: TUNNEL, connector_id: CONNECTOR }

    expect(inSeconds(await control.listDue())).toEqual([
      { ...item, happens: 'connector_loses_connections', in: 60 },
      { ...item, happens: 'connector_reconnects', in: 120 },
      { ...item, happens: 'connector_drains', in: 180 },
      { ...item, happens: 'connector_stops', in: 240 },
    ])
  })

  it('has the end of each fault that can still apply', async () => {
    const { control, api, advance } = await startConnected()
    await control.addFault({ effect: { latency: { ms: 1 } } })
    await control.addFault({ effect: { latency: { ms: 1 } }, ttl: '90s' })
    await control.addFault({ effect: { latency: { ms: 1 } }, ttl: '30s', times: 1 })

    expect(inSeconds(await control.listDue())).toEqual([
      { happens: 'fault_ends', fault_id: 'fault-3', in: 30 },
      { happens: 'fault_ends', fault_id: 'fault-2', in: 90 },
    ])
    await api('GET', '')
    expect(inSeconds(await control.listDue())).toEqual([{ happens: 'fault_ends', fault_id: 'fault-2', in: 90 }])
    await advance('90s')
    expect(await control.listDue()).toEqual([])
  })

  it('has the end of faults of the edge', async () => {
    const { control } = (await startEdge()).emulator
    await control.addEdgeFault({ effect: { refuse_registration: {} }, ttl: '30s' })

    expect(await control.listDue()).toMatchObject([{ happens: 'fault_ends', fault_id: 'edge-fault-1' }])
  })

  it('has the next 50 items', async () => {
    const { control } = await startFrozen()
    for (let seconds = 60; seconds > 0; seconds -= 1) {
      await control.addFault({ effect: { latency: { ms: 1 } }, ttl: `${seconds}s` })
    }

    const items = inSeconds(await control.listDue())
    expect([items.length, items[0]?.in, items.at(-1)?.in]).toEqual([50, 1, 50])
  })
})
