import { expect, test } from 'vitest'
import { createFlow } from '../../src/edge/flow.ts'
import type { LiveConnection } from '../../src/edge/live-connection.ts'
import { createRegistry } from '../../src/edge/registry.ts'
import { ACCOUNT } from '../support/emulator.ts'

const TUNNEL = { account_tag: ACCOUNT, id: '00000000-0000-4000-8000-000000000001' }
const OTHER_TUNNEL = { account_tag: ACCOUNT, id: '00000000-0000-4000-8000-000000000002' }

function liveConnection(name: string, { world_id = 'main', tunnel = TUNNEL, index = 0, connector = 'a' } = {}) {
  const call = {
    connection_index: index,
    account_tag: tunnel.account_tag,
    tunnel_id: tunnel.id,
    tunnel_secret: Buffer.alloc(32),
    replace_existing: false,
    previous_attempts: 0,
    origin_ip: '127.0.0.1',
    client: { id: connector, features: [], version: '2026.8.2', arch: 'linux_amd64' },
  }
  const open = () => {
    throw new Error('this connection has no socket')
  }
  const live: LiveConnection = {
    world_id,
    tunnel,
    call,
    connector_id: connector,
    index,
    colo_name: 'dfw08',
    connection_id: name,
    open,
    flow: createFlow(),
    destroy: () => {},
  }
  return live
}

function registryOf(...connections: readonly LiveConnection[]) {
  const registry = createRegistry()
  for (const live of connections) registry.add(live)
  return registry
}

const namesOf = (connections: readonly LiveConnection[]) => connections.map(live => live.connection_id)

test('picks take the connections of a tunnel in turn', () => {
  const registry = registryOf(liveConnection('first'), liveConnection('second', { connector: 'b' }))
  const picked = Array.from({ length: 4 }, () => registry.pick('main', TUNNEL)?.connection_id)
  expect(picked).toEqual(['first', 'second', 'first', 'second'])
})

test('a pick for a connector takes only its connections', () => {
  const registry = registryOf(liveConnection('first'), liveConnection('second', { connector: 'b' }))
  expect(registry.pick('main', TUNNEL, 'b')?.connection_id).toBe('second')
  expect(registry.pick('main', TUNNEL, 'b')?.connection_id).toBe('second')
  expect(registry.pick('main', TUNNEL, 'c')).toBeUndefined()
})

test('a tunnel of another world or with another id has no connections', () => {
  const registry = registryOf(liveConnection('first'))
  expect(registry.pick('copy', TUNNEL)).toBeUndefined()
  expect(registry.ofTunnel('main', OTHER_TUNNEL)).toEqual([])
})

test('the connections of a connector are listed by index', () => {
  const registry = registryOf(
    liveConnection('third', { index: 2 }),
    liveConnection('first', { index: 0 }),
    liveConnection('of another connector', { connector: 'b' }),
  )
  expect(namesOf(registry.ofConnector('main', TUNNEL, 'a'))).toEqual(['first', 'third'])
})

test('a connection can be removed once', () => {
  const [first, second] = [liveConnection('first'), liveConnection('second')]
  const registry = registryOf(first, second)
  expect(registry.remove(first)).toBe(true)
  expect(registry.remove(first)).toBe(false)
  expect(namesOf(registry.all())).toEqual(['second'])
  expect(registry.remove(second)).toBe(true)
  expect(registry.pick('main', TUNNEL)).toBeUndefined()
})

test('connections are found by world, and by the id of their row', () => {
  const registry = registryOf(liveConnection('first'), liveConnection('second', { world_id: 'copy' }))
  expect(namesOf(registry.inWorld('copy'))).toEqual(['second'])
  expect(registry.find('copy', 'second')?.world_id).toBe('copy')
  expect(registry.find('main', 'second')).toBeUndefined()
})
