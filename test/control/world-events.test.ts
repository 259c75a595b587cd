import { readFileSync } from 'node:fs'
import { performance } from 'node:perf_hooks'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { WORLD_EVENT_TYPES } from '../../schemas/control/event.ts'
import { PRODUCTS } from '../../src/resources/products.ts'
import { startEdge } from '../support/edge/start-edge.ts'
import { START, startConnected, startFrozen } from '../support/frozen-emulator.ts'

const effect = { latency: { ms: 1 } }
const HALF_A_MINUTE_LATER = '2026-01-01T00:00:30.000000Z'

/** The latest events of the main world without requests and moves of the clock. */
async function eventsOf({ control }: Pick<Awaited<ReturnType<typeof startFrozen>>, 'control'>) {
  const events = await control.listEvents()
  return events.flatMap(({ id: _, ...event }) =>
    ['request', 'fault_hit', 'clock_moved'].includes(event.type) ? [] : [event],
  )
}

describe('a fault', () => {
  it('has an event when it is added and when it is removed', async () => {
    const started = await startFrozen()
    const { control } = started
    await control.addFault({ effect })
    await control.addFault({ effect, ttl: '30s' })
    await control.removeFault({ id: 'fault-1' })
    await control.clearFaults()
    await control.moveClock({ advance: '1m' })

    expect(await eventsOf(started)).toEqual([
      { type: 'fault_added', at: START, fault_id: 'fault-1' },
      { type: 'fault_added', at: START, fault_id: 'fault-2' },
      { type: 'fault_removed', at: START, fault_id: 'fault-1' },
      { type: 'fault_removed', at: START, fault_id: 'fault-2' },
    ])
  })

  it.each([{ times: 2 }, { nth: 2 }, { times: 2, ttl: '30s' }])(
    'with %j has one event after its last call',
    async selection => {
      const started = await startFrozen()
      const { control, api } = started
      await control.addFault({ effect, ...selection })
      await api('GET', '')
      expect((await eventsOf(started)).map(({ type }) => type)).toEqual(['fault_added'])
      await api('GET', '')
      await api('GET', '')
      await control.moveClock({ advance: '1m' })

      expect((await eventsOf(started)).slice(1)).toEqual([{ type: 'fault_exhausted', at: START, fault_id: 'fault-1' }])
    },
  )

  it('has an event for each request that it acted on', async () => {
    const { control, api } = await startFrozen()
    await control.addFault({ effect, method: 'GET', after: 1 })
    await control.addFault({ effect: { error: { status: 500, code: 1 } }, method: 'GET' })
    await api('POST', '', { name: 'blog' })
    await api('GET', '')
    await api('GET', '')

    const events = await control.listEvents()
    expect(events.filter(({ type }) => type === 'fault_hit').map(({ id: _, ...event }) => event)).toEqual([
      { type: 'fault_hit', at: START, fault_id: 'fault-2', request_id: 2 },
      { type: 'fault_hit', at: START, fault_id: 'fault-1', request_id: 3 },
      { type: 'fault_hit', at: START, fault_id: 'fault-2', request_id: 3 },
    ])
  })

  it('with a ttl is next due, and has an event when that is over', async () => {
    const { control } = await startFrozen()
    await control.addFault({ effect, ttl: '30s' })

    expect((await control.getClock()).next_due).toBe(HALF_A_MINUTE_LATER)
    expect((await control.moveClock({ advance: '1m' })).happened).toMatchObject([
      { type: 'fault_exhausted', at: HALF_A_MINUTE_LATER, fault_id: 'fault-1', reason: 'ttl' },
    ])
  })

  it('does not prevent the clock from going back, but the end of its ttl does', async () => {
    const { control, api } = await startFrozen()
    await control.addFault({ effect, times: 1 })
    await api('GET', '')
    await control.moveClock({ set: '2025-12-31T00:00:00Z' })
    await control.addFault({ effect, ttl: '30s' })
    await control.moveClock({ advance: '1m' })

    await expect(control.moveClock({ set: '2025-12-31T00:00:00Z' })).rejects.toThrow('2025-12-31T00:00:30.000000Z')
  })

  it('of the edge has the same events', async () => {
    const { emulator } = await startEdge({ clock: START })
    const { control } = emulator
    await control.addEdgeFault({ effect: { refuse_registration: {} }, ttl: '30s' })
    await control.addEdgeFault({ effect: { corrupt_frame: true } })
    await control.moveClock({ advance: '30s' })
    await control.clearEdgeFaults()
    await control.clearEdgeRequests()

    expect(await eventsOf({ control })).toEqual([
      { type: 'fault_added', at: START, fault_id: 'edge-fault-1' },
      { type: 'fault_added', at: START, fault_id: 'edge-fault-2' },
      { type: 'fault_exhausted', at: HALF_A_MINUTE_LATER, fault_id: 'edge-fault-1', reason: 'ttl' },
      { type: 'fault_removed', at: HALF_A_MINUTE_LATER, fault_id: 'edge-fault-1' },
      { type: 'fault_removed', at: HALF_A_MINUTE_LATER, fault_id: 'edge-fault-2' },
      { type: 'edge_requests_cleared', at: HALF_A_MINUTE_LATER },
    ])
  })
})

describe('a snapshot', () => {
  it('has an event when it is saved, restored and deleted', async () => {
    const started = await startFrozen()
    const { control } = started
    await control.saveSnapshot({ name: 'calm' })
    await control.restoreSnapshot({ name: 'calm' })
    await control.reset({ to: 'calm' })
    await control.reset()
    await control.deleteSnapshot({ name: 'calm' })

    expect(await eventsOf(started)).toEqual([
      { type: 'snapshot_saved', at: START, snapshot: 'calm' },
      { type: 'world_reset', at: START },
      { type: 'snapshot_restored', at: START, snapshot: 'calm' },
      { type: 'world_reset', at: START },
      { type: 'snapshot_restored', at: START, snapshot: 'calm' },
      { type: 'world_reset', at: START },
      { type: 'snapshot_deleted', at: START, snapshot: 'calm' },
    ])
  })
})

describe('another world', () => {
  it('has events in the main world when it is created and deleted', async () => {
    const started = await startFrozen()
    const { control, emulator } = started
    const { id } = await control.createWorld({ from: 'empty' })
    await emulator.controlOf(id).createWorldAs({ id: 'job-1' })
    await control.deleteWorld({ id })

    expect(await emulator.controlOf('job-1').listEvents()).toEqual([])
    expect(await eventsOf(started)).toEqual([
      { type: 'world_created', at: START, world_id: id },
      { type: 'world_created', at: START, world_id: 'job-1' },
      { type: 'world_deleted', at: START, world_id: id },
    ])
  })

  it('that was unused for too long has an event with this reason', async () => {
    const started = await startFrozen({ world_idle_ms: 60_000 })
    const { id } = await started.control.createWorld()
    const later = performance.now() + 60_001
    const realTime = vi.spyOn(performance, 'now').mockImplementation(() => later)
    onTestFinished(() => realTime.mockRestore())

    await started.control.listWorlds()
    expect((await eventsOf(started)).slice(1)).toEqual([
      { type: 'world_deleted', at: START, world_id: id, reason: 'idle' },
    ])
  })
})

describe('other events', () => {
  it('say that the request log was cleared', async () => {
    const started = await startFrozen()
    await started.control.clearRequests()

    expect(await eventsOf(started)).toEqual([{ type: 'requests_cleared', at: START }])
  })

  it('say whether the edge accepts connectors', async () => {
    const { control } = (await startEdge({ clock: START })).emulator
    for (const accepts of [true, false, false, true]) await control.changeEdge({ accepts })

    expect(await eventsOf({ control })).toEqual([
      { type: 'edge_changed', at: START, accepts: false },
      { type: 'edge_changed', at: START, accepts: true },
    ])
  })

  it('of a connection have its data center', async () => {
    const { control, at, lose, advance } = await startConnected({ colos: ['ams01', 'fra02'] })
    await lose()
    await advance('5m')
    await control.reconnectConnector(at)

    const events = (await control.listEvents()).filter(({ type }) => type.startsWith('connection_'))
    expect(events.map(({ type, colo_name }) => `${type} ${colo_name}`)).toEqual(
      ['opened', 'lost', 'expired', 'opened'].flatMap(what =>
        ['ams01', 'fra02', 'ams01', 'fra02'].map(colo => `connection_${what} ${colo}`),
      ),
    )
  })

  it('are all in the table of the docs', () => {
    const page = readFileSync('docs/requests.md', 'utf8')
    const missing = [...WORLD_EVENT_TYPES, ...PRODUCTS.event_types].filter(type => !page.includes(`\`${type}\``))

    expect(missing).toEqual([])
  })
})
