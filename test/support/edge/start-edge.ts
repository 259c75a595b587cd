import { readFileSync } from 'node:fs'
import { onTestFinished } from 'vitest'
import type { WorldEvent } from '../../../schemas/control/event.ts'
import type { Tunnel, TunnelCreate } from '../../../schemas/tunnel.ts'
import type { EmulatorOptions } from '../../../src/emulator/emulator.ts'
import { startEmulator } from '../emulator.ts'
import { FakeConnector, type FakeConnectorOptions } from './fake-connector.ts'

/** An emulator with an edge, and connectors that connect to it. */
export async function startEdge(options: EmulatorOptions = {}) {
  return connectTo(await startEmulator({ listen: true, port: 0, edge_port: 0, ...options }))
}

/** Adds connectors to an emulator that has an edge. */
export function connectTo<Api extends Pick<Awaited<ReturnType<typeof startEmulator>>, 'emulator' | 'get' | 'create'>>(
  api: Api,
) {
  const { emulator } = api
  const ca = readFileSync(emulator.edgeCaFile, 'utf8')
  const port = Number(emulator.edgeAddress.split(':').at(-1))

  return {
    ...api,
    port,
    ca,

    createTunnel: async (tunnel: Partial<TunnelCreate> = {}): Promise<Tunnel> =>
      api.create({ name: 'shop', config_src: 'cloudflare', ...tunnel }),

    /** A connector of a tunnel, which has no connection yet. */
    connectorOf: async ({ id }: Pick<Tunnel, 'id'>, given: Partial<FakeConnectorOptions> = {}) => {
      const token = given.token ?? (await api.get<string>(`/${id}/token`)).result
      const connector = new FakeConnector({ port, ca, ...given, token })
      onTestFinished(() => connector.kill())
      return connector
    },

    /** The events of the main world, oldest first. */
    events: async (type: WorldEvent['type']) => (await emulator.control.listEvents()).filter(one => one.type === type),
  }
}
