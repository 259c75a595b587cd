import { describe, expect, it } from 'vitest'
import { leave, refusedConfiguration, refusedRegistration, toldLocal, took } from '../../src/edge/ledger.ts'
import { configurationHistory, insertConfiguration } from '../../src/resources/configurations/store.ts'
import { completeConnectorHistory } from '../../src/resources/connections/simulation-store.ts'
import { connect } from '../../src/simulation/connectors.ts'
import type { World } from '../../src/world/world.ts'
import {
  CLIENT,
  callOf,
  connectionOf,
  enterAs,
  eventsOf,
  FIRST,
  failOnce,
  NOW,
  SECOND,
  THIRD,
  TUNNEL,
  tracked,
  tunnelOf,
  worldWith,
} from '../support/edge/in-process.ts'
import { ACCOUNT, SECRET, UNKNOWN_ID } from '../support/emulator.ts'

describe('a connection that enters', () => {
  it('is stored with what the connector said', () => {
    const world = worldWith()
    expect(enterAs(world, FIRST, callOf({ connection_index: 2 }))).toBeUndefined()

    expect(completeConnectorHistory(world.db, TUNNEL)).toEqual([
      {
        id: CLIENT,
        kind: 'real',
        version: '2026.8.2',
        arch: 'linux_arm64',
        features: ['management_logs'],
        run_at: NOW,
        config_version: null,
        colos: ['dfw08', 'iad05'],
        origin_ip: '127.0.0.1',
        tunnel_secret: SECRET,
        reconnects: false,
        config_delay_ms: 0,
        connections: [
          {
            id: FIRST,
            client_id: CLIENT,
            conn_index: 2,
            colo_name: 'dfw08',
            origin_ip: '127.0.0.1',
            opened_at: NOW,
            lost_at: null,
            closed_at: null,
          },
        ],
      },
    ])
    expect(eventsOf(world)).toEqual(['connection_opened', 'tunnel_status_changed degraded'])
  })

  it('makes the tunnel healthy as the fourth', () => {
    const world = worldWith()
    for (let index = 0; index < 4; index += 1)
      enterAs(world, `${FIRST.slice(0, -1)}${index}`, callOf({ connection_index: index }))

    expect(eventsOf(world).at(-1)).toBe('tunnel_status_changed healthy')
  })

  it('replaces the lost one of its index, and leaves the others pending', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    enterAs(world, SECOND, callOf({ connection_index: 1 }))
    leave(world, connectionOf(FIRST), 'lost')
    leave(world, connectionOf(SECOND), 'lost')
    enterAs(world, THIRD)

    expect(tracked(world)).toEqual(['2 lost', '3'])
  })

  it('replaces a live one of its index, with an event', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    enterAs(world, SECOND)

    expect(tracked(world)).toEqual(['2'])
    expect(eventsOf(world).slice(2)).toEqual(['connection_closed replaced', 'connection_opened'])
  })

  it('replaces live ones of its connector without a session', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    enterAs(world, SECOND, callOf({ connection_index: 1 }), id => id === SECOND)

    expect(tracked(world)).toEqual(['2'])
  })

  it('leaves those of another connector alone', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    enterAs(world, SECOND, callOf({}, { id: UNKNOWN_ID }), () => false)

    expect(tracked(world)).toEqual(['1', '2'])
  })

  it('keeps the delay that the control plane gave its connector', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    world.db.run('UPDATE connectors SET config_delay_ms = 500')
    enterAs(world, SECOND, callOf({ connection_index: 1 }))

    expect(completeConnectorHistory(world.db, TUNNEL)).toMatchObject([{ config_delay_ms: 500 }])
  })

  it('makes a simulated connector of its id real', () => {
    const world = worldWith()
    connect(world, tunnelOf(), { id: CLIENT, reconnects: true, config_delay_ms: null }, SECRET, 4, NOW)
    enterAs(world, FIRST, callOf(), id => id === FIRST)

    expect(tracked(world)).toEqual(['1'])
    expect(completeConnectorHistory(world.db, TUNNEL)).toMatchObject([
      { kind: 'real', reconnects: false, config_delay_ms: 0 },
    ])
  })

  it('is refused in words that cloudflared repeats for, if it cannot be stored', () => {
    const world = worldWith()
    failOnce(world)

    expect(enterAs(world, FIRST)).toBe('Unauthorized: mockflared cannot save')
    expect(world.counters.read('storage_failures').get('')).toBe(1)
    expect(tracked(world)).toEqual([])
    expect(eventsOf(world)).toEqual([])
  })
})

describe('a connection that leaves', { tags: ['connection_pending', 'connection_closed'] }, () => {
  it('is pending reconnect if it was lost', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    leave(world, connectionOf(FIRST), 'lost')

    expect(tracked(world)).toEqual(['1 lost'])
    expect(eventsOf(world).slice(2)).toEqual(['connection_lost', 'tunnel_status_changed down'])
  })

  it('is gone if cloudflared unregistered it', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    leave(world, connectionOf(FIRST), 'closed')

    expect(tracked(world)).toEqual([])
    expect(eventsOf(world).slice(2)).toEqual(['connection_closed', 'tunnel_status_changed down'])
  })

  it('changes nothing if the world ended it before', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    leave(world, connectionOf(FIRST), 'closed')
    leave(world, connectionOf(FIRST), 'lost')

    expect(eventsOf(world)).toHaveLength(4)
  })

  it('is lost a little later if the storage fails at first', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    failOnce(world)
    leave(world, connectionOf(FIRST), 'lost')

    expect(tracked(world)).toEqual(['1 lost'])
  })
})

describe('the version that a connector took', { tags: ['connector_config_version'] }, () => {
  it('is stored with one event', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    took(world, connectionOf(FIRST), 3)
    took(world, connectionOf(FIRST), 3)

    expect(completeConnectorHistory(world.db, TUNNEL)).toMatchObject([{ config_version: 3 }])
    expect(eventsOf(world).slice(2)).toEqual(['configuration_taken'])
  })

  it('can be lower than before, since a world can be restored', () => {
    const world = worldWith()
    enterAs(world, FIRST)
    took(world, connectionOf(FIRST), 3)
    took(world, connectionOf(FIRST), 2)

    expect(completeConnectorHistory(world.db, TUNNEL)).toMatchObject([{ config_version: 2 }])
  })

  it('is ignored of a connector that the world does not have', () => {
    const world = worldWith()
    took(world, connectionOf(FIRST), 3)

    expect(eventsOf(world)).toEqual([])
  })
})

describe('a local configuration', () => {
  const LOCAL = { ingress: [{ service: 'http://localhost:1' }], 'warp-routing': {}, __configuration_flags: { a: 'b' } }
  const told = (world: World, config: unknown) =>
    toldLocal(world, connectionOf(FIRST), Buffer.from(JSON.stringify(config)))

  it('becomes the latest version of a local tunnel, as it is', () => {
    const world = worldWith('main', SECRET, 'local')
    told(world, LOCAL)

    expect(configurationHistory(world.db, tunnelOf())).toEqual([
      { version: 0, source: 'local', config: LOCAL, created_at: NOW, author: `connector ${CLIENT}` },
    ])
    expect(eventsOf(world)).toEqual(['configuration_published'])
  })

  it('is stored once if all connections report it', () => {
    const world = worldWith('main', SECRET, 'local')
    told(world, LOCAL)
    told(world, Object.fromEntries(Object.entries(LOCAL).toReversed()))
    told(world, { ...LOCAL, ingress: [] })

    expect(configurationHistory(world.db, tunnelOf()).map(({ version }) => version)).toEqual([0, 1])
  })

  it('does not replace the one that the API gave the tunnel meanwhile', () => {
    const world = worldWith()
    const remote = { version: 1, source: 'cloudflare', config: {}, created_at: NOW, author: '' } as const
    insertConfiguration(world.db, tunnelOf(), remote)
    told(world, LOCAL)

    expect(configurationHistory(world.db, tunnelOf())).toEqual([remote])
  })

  it.each([
    ['no JSON', '{', 'the local configuration is not JSON'],
    ['no configuration', '{"ingress":5}', 'the local configuration is not valid at "ingress"'],
    [
      'too many levels',
      `{"a":${'['.repeat(100)}${']'.repeat(100)}}`,
      'the local configuration is not usable: there are too many levels',
    ],
  ])('with %s is an error', (_, text, message) => {
    const world = worldWith('main', SECRET, 'local')

    expect(() => toldLocal(world, connectionOf(FIRST), Buffer.from(text))).toThrow(message)
    expect(eventsOf(world)).toEqual([])
  })
})

describe('a refusal', () => {
  it('of a registration is an event', () => {
    const world = worldWith()
    refusedRegistration(world, callOf(), 'Unauthorized: Invalid tunnel secret')

    expect(world.events.after(0)).toMatchObject([
      {
        type: 'registration_refused',
        at: NOW,
        account_id: ACCOUNT,
        tunnel_id: TUNNEL.id,
        connector_id: CLIENT,
        reason: 'Unauthorized: Invalid tunnel secret',
      },
    ])
  })

  it('of a registration repeats no account that is none', () => {
    const world = worldWith()
    refusedRegistration(world, callOf({ account_tag: 'x\n'.repeat(1_000) }), 'no')

    expect(world.events.after(0)).toMatchObject([{ account_id: '' }])
  })

  it('of a configuration is an event', () => {
    const world = worldWith()
    refusedConfiguration(world, connectionOf(FIRST), 2, '{"Msg":"no"}')

    expect(world.events.after(0)).toMatchObject([
      { type: 'configuration_refused', tunnel_id: TUNNEL.id, connector_id: CLIENT, version: 2, reason: '{"Msg":"no"}' },
    ])
  })
})
