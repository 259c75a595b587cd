import { describe, expect, it, vi } from 'vitest'
import { adopt } from '../../src/edge/adoption.ts'
import { createFlow } from '../../src/edge/flow.ts'
import { leave } from '../../src/edge/ledger.ts'
import type { LiveConnection } from '../../src/edge/live-connection.ts'
import { createRegistry } from '../../src/edge/registry.ts'
import { saveTunnel } from '../../src/resources/tunnels/store.ts'
import { connect } from '../../src/simulation/connectors.ts'
import type { World } from '../../src/world/world.ts'
import {
  CLIENT,
  callOf,
  connectionOf,
  emptyWorld,
  enterAs,
  eventsOf,
  FIRST,
  failOnce,
  NOW,
  SECOND,
  TUNNEL,
  tracked,
  tunnelOf,
  worldWith,
} from '../support/edge/in-process.ts'
import { SECRET } from '../support/emulator.ts'

/** A session of index 0, with the row that it had in the world before. */
function sessionOf(connection_id: string, index = 0, call = callOf({ connection_index: index })) {
  const destroy = vi.fn<() => void>()
  const open = () => {
    throw new Error('no socket')
  }
  const live: LiveConnection = {
    world_id: 'main',
    tunnel: TUNNEL,
    call,
    connector_id: CLIENT,
    index,
    colo_name: 'dfw08',
    connection_id,
    open,
    flow: createFlow(),
    destroy,
  }
  return { live, destroy }
}

function adoptInto(world: World, ...sessions: readonly ReturnType<typeof sessionOf>[]) {
  const registry = createRegistry()
  for (const { live } of sessions) registry.add(live)
  const adopted = adopt(world, registry, NOW)
  expect(registry.inWorld('main')).toEqual(adopted)
  expect(sessions.filter(({ destroy }) => destroy.mock.calls.length > 0).map(({ live }) => live)).toEqual(
    sessions.map(({ live }) => live).filter(live => !adopted.includes(live)),
  )
  return adopted
}

describe('a session whose world is replaced', () => {
  it('keeps its connection if that is live in the new world', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    const session = sessionOf(FIRST)

    expect(adoptInto(world, session)).toEqual([session.live])
    expect([session.live.connection_id, tracked(world)]).toEqual([FIRST, ['1']])
    expect(eventsOf(world)).toEqual(['connection_opened', 'tunnel_status_changed degraded'])
  })

  it('keeps its connection with an older secret, if that is live in the new world', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    saveTunnel(world.db, { ...tunnelOf(), tunnel_secret: 'AAAA' })

    expect(adoptInto(world, sessionOf(FIRST))).toHaveLength(1)
  })

  it('opens its connection under the same id if the new world never had it', () => {
    const world = worldWith()
    const session = sessionOf(FIRST)

    expect(adoptInto(world, session)).toEqual([session.live])
    expect([session.live.connection_id, tracked(world)]).toEqual([FIRST, ['1']])
  })

  it.each(['lost', 'closed'] as const)('opens a connection with a new id if the old one is %s there', how => {
    const world = worldWith()
    enterAs(world, FIRST)
    leave(world, connectionOf(FIRST), how)
    const session = sessionOf(FIRST)

    expect(adoptInto(world, session)).toEqual([session.live])
    expect(session.live.connection_id).not.toBe(FIRST)
    expect(tracked(world)).toEqual([session.live.connection_id.slice(-1)])
  })

  it('replaces the connection that its index had in the new world', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    adoptInto(world, sessionOf(SECOND))

    expect(tracked(world)).toEqual(['2'])
  })

  it.each([
    ['has another secret', () => worldWith('main', 'AAAA')],
    ['does not exist', () => emptyWorld()],
    [
      'is deleted',
      () => {
        const world = worldWith()
        enterAs(world, FIRST)
        saveTunnel(world.db, { ...tunnelOf(), deleted_at: NOW })
        return world
      },
    ],
  ])('is destroyed if its tunnel %s in the new world', (_, create) => {
    expect(adoptInto(create(), sessionOf(FIRST))).toEqual([])
  })

  it('is destroyed if its connection cannot be stored', () => {
    const world = worldWith()
    failOnce(world)

    expect(adoptInto(world, sessionOf(FIRST))).toEqual([])
  })
})

describe('the connections of a new world', () => {
  it('are lost if they are real and have no session', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    enterAs(world, SECOND, callOf({ connection_index: 1 }))
    adoptInto(world, sessionOf(FIRST))

    expect(tracked(world)).toEqual(['1', '2 lost'])
  })

  it('stay live if they are simulated', () => {
    const world = worldWith()
    connect(world, tunnelOf(), {}, SECRET, 4, NOW)
    adoptInto(world)

    expect(tracked(world)).toHaveLength(4)
    expect(tracked(world).join()).not.toContain('lost')
  })

  it('are lost a little later if the storage fails at first', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    failOnce(world)
    adoptInto(world)

    expect(tracked(world)).toEqual(['1 lost'])
  })
})
