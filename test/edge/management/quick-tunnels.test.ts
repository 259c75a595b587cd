import { describe, expect, it, onTestFinished } from 'vitest'
import { enter, leave } from '../../../src/edge/ledger.ts'
import { createQuickTunnel, deleteWhenGone, quickHostnameOf } from '../../../src/edge/management/quick-tunnels.ts'
import { cleanUpConnections } from '../../../src/resources/connections/clean-up.ts'
import { findTunnel } from '../../../src/resources/tunnels/store.ts'
import type { World } from '../../../src/world/world.ts'
import { CLIENT, callOf, emptyWorld, eventsOf, FIRST, failOnce, SECOND } from '../../support/edge/in-process.ts'

const QUICK_ACCOUNT = '0'.repeat(32)

function start(world = emptyWorld()) {
  onTestFinished(deleteWhenGone(world))
  const { id } = createQuickTunnel(world)
  const key = { account_tag: QUICK_ACCOUNT, id }
  const connect = (connection_id: string, connection_index = 0) =>
    enter(world, key, callOf({ connection_index }), { connection_id, colo_name: 'dfw08' }, () => true)
  const end = (connection_id: string, how: 'lost' | 'closed') =>
    leave(world, { tunnel: key, connector_id: CLIENT, connection_id }, how)
  return { world, key, connect, end, isDeleted: () => isDeleted(world, key.id) }
}

function isDeleted(world: World, id: string): boolean {
  return findTunnel(world.db, QUICK_ACCOUNT, id, world.moment())?.deleted_at !== null
}

describe('a quick tunnel', () => {
  it('is a local tunnel with a random hostname, which is its name', () => {
    const world = emptyWorld()
    const quick = createQuickTunnel(world)
    const stored = findTunnel(world.db, QUICK_ACCOUNT, quick.id, world.moment())

    expect(quick).toEqual({
      id: expect.stringMatching(/^[\da-f-]{36}$/),
      name: quick.hostname,
      hostname: expect.stringMatching(/^[a-z]+-[a-z]+-[\da-f]{8}\.trycloudflare\.com$/),
      account_tag: QUICK_ACCOUNT,
      secret: expect.stringMatching(/^[\w+/]{43}=$/),
    })
    expect(stored).toMatchObject({ name: quick.hostname, config_src: 'local', tunnel_secret: quick.secret })
    expect(createQuickTunnel(world).hostname).not.toBe(quick.hostname)
  })

  it('takes no random number of its world', () => {
    const world = emptyWorld()
    const before = world.ids.drawn()
    createQuickTunnel(world)

    expect(world.ids.drawn()).toBe(before)
  })

  it.each([
    [QUICK_ACCOUNT, 'brave-otter-00000000.trycloudflare.com', true],
    [QUICK_ACCOUNT, 'blog', false],
    ['1'.repeat(32), 'brave-otter-00000000.trycloudflare.com', false],
  ])('of account %s with the name %s: %s', (account_tag, name, isQuick) => {
    expect(quickHostnameOf({ account_tag, name })).toBe(isQuick ? name : undefined)
  })

  it('is deleted when its connector has left', () => {
    const { connect, end, isDeleted } = start()
    connect(FIRST)
    connect(SECOND, 1)

    end(FIRST, 'closed')
    expect(isDeleted()).toBe(false)
    end(SECOND, 'closed')
    expect(isDeleted()).toBe(true)
  })

  it('is deleted when its lost connection expires, and not before', () => {
    const { world, connect, end, isDeleted } = start()
    connect(FIRST)

    end(FIRST, 'lost')
    expect(isDeleted()).toBe(false)
    world.clock.freeze('2026-01-01T00:05:00.000000Z')
    world.now()
    expect(isDeleted()).toBe(true)
  })

  it('stays when its connector comes back after a loss or a clean-up', () => {
    const { world, key, connect, end, isDeleted } = start()
    connect(FIRST)
    end(FIRST, 'lost')
    connect(SECOND)
    expect(isDeleted()).toBe(false)

    const request = { world, moment: world.moment(), noted_behaviours: [] }
    cleanUpConnections(request, { account_id: QUICK_ACCOUNT, tunnel_id: key.id }, tracked => tracked)
    expect(isDeleted()).toBe(false)
  })

  it('is deleted later when the storage fails', () => {
    const world = emptyWorld()
    const unsubscribe = world.events.subscribe(() => failOnce(world), ['connection_closed'])
    const { connect, end, isDeleted } = start(world)
    connect(FIRST)

    end(FIRST, 'closed')
    unsubscribe()
    expect(eventsOf(world)).not.toContain('tunnel_deleted')
    expect(isDeleted()).toBe(true)
  })
})
