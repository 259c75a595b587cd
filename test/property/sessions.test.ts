/**
 * Random histories of a world with real connectors: its live connections are always those of the
 * sessions, also after it was replaced.
 */
import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULTS } from '../../src/config/options.ts'
import { createFlow } from '../../src/edge/flow.ts'
import { withEdgeHooks } from '../../src/edge/hooks.ts'
import { admit, enter, leave } from '../../src/edge/ledger.ts'
import type { LiveConnection } from '../../src/edge/live-connection.ts'
import { createRegistry } from '../../src/edge/registry.ts'
import { closeConnections } from '../../src/resources/connections/ledger.ts'
import { isLive } from '../../src/resources/connections/rules.ts'
import { trackedConnections, trackedConnectors } from '../../src/resources/connections/store.ts'
import { findTunnel, insertTunnel, saveTunnel } from '../../src/resources/tunnels/store.ts'
import { createWorlds } from '../../src/worlds/registry.ts'
import { callOf, NOW, TUNNEL, tunnelOf } from '../support/edge/in-process.ts'
import { ACCOUNT, SECRET } from '../support/emulator.ts'
import { holds } from '../support/property/replay.ts'
import { EXTENSIONS, memoryStorage, worldSettings } from '../support/world-settings.ts'

const CLIENTS = ['a', 'b'].map(letter => `00000000-0000-4000-8000-00000000000${letter}`)
const SECRETS = [SECRET, 'AAAA'] as const

const step = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.record({
      does: fc.constant('connect'),
      client: fc.nat(1),
      index: fc.nat(3),
      secret: fc.constantFrom(0, 0, 1),
    }),
  },
  { weight: 3, arbitrary: fc.record({ does: fc.constantFrom('die', 'unregister'), nth: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('clean up'), client: fc.nat(1) }) },
  { weight: 1, arbitrary: fc.record({ does: fc.constant('rotate'), secret: fc.nat(1) }) },
  {
    weight: 3,
    arbitrary: fc.record({ does: fc.constantFrom('save', 'restore', 'restore', 'empty', 'rewrite', 'fork') }),
  },
)
type Step = typeof step extends fc.Arbitrary<infer T> ? T : never

function start() {
  const registry = createRegistry()
  const push = { offer: () => {}, offerToAll: () => {} }
  const hooks = withEdgeHooks(EXTENSIONS.hooks, { registry, push, controls: { adoptFaults: () => {} } })
  const settings = { ...worldSettings(), frozen_at: NOW }
  const worlds = createWorlds(
    memoryStorage(),
    [],
    settings,
    { ...DEFAULTS, max_worlds: 1_000 },
    { data: EXTENSIONS.data, hooks },
  )
  insertTunnel(worlds.main().db, tunnelOf())
  return { registry, worlds }
}

type Stage = ReturnType<typeof start>

function connect({ registry, worlds }: Stage, client: number, index: number, secret: number): void {
  const world = worlds.main()
  const tunnel_secret = Buffer.from(SECRETS[secret] ?? '', 'base64')
  const call = callOf({ connection_index: index, tunnel_secret }, { id: CLIENTS[client] ?? '' })
  const admitted = admit([world], call)
  if ('refusal' in admitted) return

  const live: LiveConnection = {
    world_id: 'main',
    tunnel: TUNNEL,
    call,
    connector_id: call.client.id,
    index,
    colo_name: 'dfw08',
    connection_id: randomUUID(),
    flow: createFlow(),
    open: () => {
      throw new Error('no socket')
    },
    destroy: () => expect(registry.all()).not.toContain(live),
  }
  expect(enter(world, TUNNEL, call, live, id => registry.find('main', id) !== undefined)).toBeUndefined()
  registry.add(live)
}

function end({ registry, worlds }: Stage, nth: number, how: 'lost' | 'closed'): void {
  const live = registry.all()[nth]
  if (live && registry.remove(live)) leave(worlds.main(), live, how)
}

async function play(stage: Stage, one: Step): Promise<void> {
  const { worlds } = stage
  const main = worlds.main()
  const tunnel = findTunnel(main.db, ACCOUNT, TUNNEL.id, main.moment())
  if (one.does === 'connect' && 'index' in one) connect(stage, one.client, one.index, one.secret)
  if ('nth' in one) end(stage, one.nth, one.does === 'die' ? 'lost' : 'closed')
  if (one.does === 'clean up' && 'client' in one) {
    const tracked = trackedConnections(main.db, TUNNEL, main.moment())
    closeConnections(
      main,
      TUNNEL,
      tracked.filter(({ client_id }) => client_id === CLIENTS[one.client]),
      NOW,
    )
  }
  if (one.does === 'rotate' && 'secret' in one && tunnel) {
    saveTunnel(main.db, { ...tunnel, tunnel_secret: SECRETS[one.secret] ?? '' })
  }
  if (one.does === 'save') await worlds.snapshotsOf(main).save('saved', main, 1)
  if (one.does === 'restore' && worlds.snapshotsOf(main).get('saved')) await worlds.restore(main, 'saved')
  if (one.does === 'empty') await worlds.reset(main, 'empty')
  if (one.does === 'rewrite') await worlds.replace(main, JSON.parse(JSON.stringify(stateOf(main))))
  if (one.does === 'fork') await worlds.create('current', main)
}

function stateOf({ db }: ReturnType<Stage['worlds']['main']>) {
  return Object.fromEntries(Object.entries(EXTENSIONS.data.read(db)).map(([key, items]) => [key, [...items]]))
}

function expectLiveSessions({ registry, worlds }: Stage): void {
  for (const world of worlds.list()) {
    const connectors = trackedConnectors(world.db, TUNNEL, world.moment())
    const real = connectors.filter(({ kind }) => kind === 'real').flatMap(({ connections }) => connections)
    const live = real.filter(isLive)
    expect(live.map(({ id }) => id).toSorted()).toEqual(
      registry
        .inWorld(world.id)
        .map(({ connection_id }) => connection_id)
        .toSorted(),
    )
    const places = live.map(({ client_id, conn_index }) => `${client_id} ${conn_index}`)
    expect(new Set(places).size).toBe(places.length)
  }
}

describe('the live connections of real connectors', () => {
  it('are those of the sessions, whatever happens to their world', async () => {
    await holds(100, fc.array(step, { maxLength: 40, size: 'max' }), async steps => {
      const stage = start()
      try {
        for (const one of steps) {
          await play(stage, one)
          expectLiveSessions(stage)
        }
      } finally {
        stage.worlds.close()
      }
    })
  })
})
