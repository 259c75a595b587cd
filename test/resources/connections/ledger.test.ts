import Database from 'better-sqlite3'
import { describe, expect, it, onTestFinished, vi } from 'vitest'
import { closeConnections, loseConnections, openConnections } from '../../../src/resources/connections/ledger.ts'
import { connectorHistory, trackedConnections } from '../../../src/resources/connections/store.ts'
import { createTunnel } from '../../../src/resources/tunnels/rules.ts'
import { findTunnel, insertTunnel } from '../../../src/resources/tunnels/store.ts'
import { newConnections, newConnector } from '../../../src/simulation/new-connector.ts'
import { createWorlds } from '../../../src/worlds/registry.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../../support/emulator.ts'
import { EXTENSIONS, memoryStorage, WORLD_LIMITS, worldSettings } from '../../support/world-settings.ts'

const NOW = '2026-01-01T00:00:00.000000Z'
const LATER = '2026-01-01T00:01:00.000000Z'
const EXPIRY = '2026-01-01T00:06:00.000000Z'

/** A world with a tunnel and a connector that has four connections. */
function startConnected() {
  const settings = { ...worldSettings(), frozen_at: NOW }
  const worlds = createWorlds(memoryStorage(), [], settings, WORLD_LIMITS, EXTENSIONS)
  onTestFinished(() => worlds.close())
  const world = worlds.main()
  const { db, ids } = world
  const tunnel = createTunnel(ACCOUNT, { name: 'blog' }, { id: UNKNOWN_ID, secret: SECRET, now: NOW }, 32)
  insertTunnel(db, tunnel)
  const connector = newConnector({}, ids.uuid(), SECRET, NOW)
  const connections = newConnections(connector, 4, ids.uuid, NOW)
  openConnections(world, tunnel, connector, connections, NOW)

  const types = () =>
    world.events.after(0).map(({ type, before, status }) => (status ? `${before} -> ${status}` : type))
  const activity = () => {
    const { conns_active_at, conns_inactive_at } = findTunnel(db, ACCOUNT, UNKNOWN_ID, world.momentAt(NOW)) ?? tunnel
    return [conns_active_at, conns_inactive_at]
  }
  return { world, db, tunnel, connector, connections, types, activity }
}

const OPENED = [...Array(4).fill('connection_opened'), 'inactive -> healthy']

describe('openConnections', { tags: ['tunnel_status', 'activity_times'] }, () => {
  it('makes the tunnel active and emits an event for each connection and for the status', () => {
    const { types, activity } = startConnected()

    expect(activity()).toEqual([NOW, null])
    expect(types()).toEqual(OPENED)
  })

  it('replaces the pending connections of the connector without events for them', () => {
    const { world, db, tunnel, connector, connections, types, activity } = startConnected()
    loseConnections(world, tunnel, connections, LATER)
    const again = newConnections(connector, 4, world.ids.uuid, LATER)
    openConnections(world, tunnel, connector, again, LATER)

    expect(trackedConnections(db, tunnel, world.momentAt(LATER))).toEqual(again)
    expect(activity()).toEqual([LATER, null])
    expect(types().slice(-5)).toEqual([...Array(4).fill('connection_opened'), 'down -> healthy'])
  })
})

describe('loseConnections', { tags: ['connection_expiry', 'activity_times'] }, () => {
  it('keeps connections tracked until they expire with events', () => {
    const { world, db, tunnel, connections, types, activity } = startConnected()
    loseConnections(world, tunnel, connections.slice(0, 1), LATER)
    expect(activity()).toEqual([NOW, null])
    expect(trackedConnections(db, tunnel, world.momentAt(LATER))).toHaveLength(4)

    world.scheduler.runDue(EXPIRY)
    expect(trackedConnections(db, tunnel, world.momentAt(EXPIRY))).toHaveLength(3)
    expect(types().slice(5)).toEqual(['connection_lost', 'healthy -> degraded', 'connection_expired'])
  })

  it('makes the tunnel inactive if no live connection is left', () => {
    const { world, tunnel, connections, activity } = startConnected()
    loseConnections(world, tunnel, connections, LATER)

    expect(activity()).toEqual([null, LATER])
  })

  it('takes few statements', () => {
    const { world, tunnel, connections } = startConnected()
    const statement = Object.getPrototypeOf(new Database(':memory:').prepare('SELECT 1'))
    const calls = [vi.spyOn(statement, 'all'), vi.spyOn(statement, 'get'), vi.spyOn(statement, 'run')]
    loseConnections(world, tunnel, connections, LATER)

    // The tunnel before and after, four connections, their count, the times of the tunnel, begin
    // and commit.
    expect(calls.reduce((sum, call) => sum + call.mock.calls.length, 0)).toBeLessThanOrEqual(10)
    vi.restoreAllMocks()
  })
})

describe('closeConnections', { tags: ['connection_closed'] }, () => {
  it('removes connections at once, with the reason in the events', () => {
    const { world, db, tunnel, connections } = startConnected()
    closeConnections(world, tunnel, connections.slice(0, 1), LATER, { reason: 'clean-up' })

    expect(trackedConnections(db, tunnel, world.momentAt(LATER))).toEqual(connections.slice(1))
    expect(world.events.after(5)).toMatchObject([
      { type: 'connection_closed', reason: 'clean-up', connection_id: connections[0]?.id },
      { type: 'tunnel_status_changed', before: 'healthy', status: 'degraded' },
    ])
  })

  it('emits nothing without connections', () => {
    const { world, tunnel, types } = startConnected()
    closeConnections(world, tunnel, [], LATER)

    expect(types()).toEqual(OPENED)
  })
})

describe('a change whose transaction fails', () => {
  it('writes no rows and emits no events', () => {
    const { world, db, tunnel, connections, types, activity } = startConnected()
    const before = connectorHistory(db, tunnel)
    const fail = (): never => {
      throw new Error('no')
    }

    expect(() => closeConnections(world, tunnel, connections, LATER, { alsoWrite: fail })).toThrow('no')
    expect(connectorHistory(db, tunnel)).toEqual(before)
    expect(activity()).toEqual([NOW, null])
    expect(types()).toEqual(OPENED)
  })
})
