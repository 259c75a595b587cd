/** What sockets trigger never throws: the process would end. */
import { describe, expect, it, vi } from 'vitest'
import type { Client } from '../../schemas/client.ts'
import { createConfigurationPush } from '../../src/edge/configuration-push.ts'
import { createFlow } from '../../src/edge/flow.ts'
import { createWorldControls } from '../../src/edge/management/world-controls.ts'
import { createRegistrar } from '../../src/edge/registrar.ts'
import { createRegistry } from '../../src/edge/registry.ts'
import type { World } from '../../src/world/world.ts'
import type { Worlds } from '../../src/worlds/registry.ts'
import { startWithFaultyDisk } from '../support/disk-full.ts'
import { callOf, TUNNEL, worldWith } from '../support/edge/in-process.ts'
import { connectTo } from '../support/edge/start-edge.ts'

const SESSION = {
  open: () => {
    throw new Error('no stream')
  },
  flow: createFlow(),
  destroy: () => {},
  isEnded: () => false,
}

/** `worlds.find` throws, and so does `worlds.list` without a world. */
function registrarWith(world?: World) {
  const worlds = () => ({ list: () => (world ? [world] : broken()), find: broken }) as unknown as Worlds
  const warnings: string[] = []
  const warn = (line: string): void => void warnings.push(line)
  const registry = createRegistry()
  const controls = createWorldControls(() => world ?? broken(), registry)
  const push = createConfigurationPush({ worlds, registry, faultsOf: controls.faultsOf, warn })
  return { registrar: createRegistrar({ worlds, registry, push, controls, warn }), registry, push, warnings }
}

function broken(): never {
  throw new Error('the database connection is not open')
}

describe('a failure for an unknown reason is one line', () => {
  it('in a registration, which is refused so that cloudflared tries again', { tags: ['edge_refusal'] }, async () => {
    const { registrar, warnings } = registrarWith()
    expect(await registrar.register(callOf(), SESSION)).toEqual({
      cause: 'Unauthorized: mockflared failed',
      should_retry: true,
    })
    expect(warnings).toEqual(['edge: a registration failed: the database connection is not open'])
  })

  it.each(['unregister', 'ended'] as const)('when a connection ends: %s', async event => {
    const { registrar, registry, warnings } = registrarWith(worldWith())
    await registrar.register(callOf(), SESSION)
    registrar[event](SESSION)
    expect(warnings).toEqual(['edge: the end of a connection failed: the database connection is not open'])
    expect(registry.all()).toEqual([])
  })

  it('when a connector reports its own configuration', async () => {
    const { registrar, warnings } = registrarWith(worldWith())
    await registrar.register(callOf(), SESSION)
    registrar.updateLocalConfiguration(Buffer.from('{}'), SESSION)
    expect(warnings).toEqual(['edge: a local configuration failed: the database connection is not open'])
  })

  it('when a configuration is sent', async () => {
    const { push, warnings } = registrarWith()
    push.offer('main', TUNNEL, 'a')
    await vi.waitFor(() =>
      expect(warnings).toEqual(['edge: a configuration failed: the database connection is not open']),
    )
  })
})

describe('without room on the disk', () => {
  it('connectors are refused, and ends of connections are stored later', { tags: ['edge_refusal'] }, async () => {
    const api = await startWithFaultyDisk({ listen: true, port: 0, edge_port: 0 })
    const { createTunnel, connectorOf } = connectTo(api)
    const tunnel = await createTunnel()
    const connector = await connectorOf(tunnel)
    await connector.connectAll(2)
    const pending = async () => {
      const [client] = (await api.get<Client[]>(`/${tunnel.id}/connections`)).result
      return client?.conns.map(one => one.is_pending_reconnect)
    }
    api.protect()
    await expect(connector.connect()).rejects.toThrow('Unauthorized: mockflared cannot save')
    await connector.kill()
    expect(await pending()).toEqual([false, false])

    api.unprotect()
    await vi.waitFor(async () => expect(await pending()).toEqual([true, true]))
  })
})
