/** An edge with a gateway, a tunnel and a fake connector, for tests of what visitors see. */
import { expect, vi } from 'vitest'
import type { FakeConnectorOptions } from './fake-connector.ts'
import { ask, type GatewayAddress, type GatewayRequest } from './gateway-client.ts'
import { startEdge } from './start-edge.ts'

export const SHOP = 'shop.example.com'

export async function startServing(
  given: Partial<FakeConnectorOptions> = {},
  options: Parameters<typeof startEdge>[0] = {},
) {
  const edge = await startEdge(options)
  const tunnel = await edge.createTunnel()
  await edge.put(`/${tunnel.id}/configurations`, {
    config: { ingress: [{ hostname: SHOP, service: 'hello_world' }, { service: 'http_status:404' }] },
  })
  const connector = await edge.connectorOf(tunnel, given)
  await connector.connect()

  const { host, port } = addressIn(edge.emulator.gatewayURL)
  const gateway: GatewayAddress = { host, port }
  const { control } = edge.emulator
  return {
    ...edge,
    tunnel,
    connector,
    control,
    gateway,
    visit: (wanted: Partial<GatewayRequest> = {}) => ask(gateway, { hostname: SHOP, ...wanted }),

    /** The requests to the gateway, as soon as there are so many. */
    requests: async (count: number) => {
      await vi.waitFor(async () => expect(await control.listEdgeRequests()).toHaveLength(count))
      return control.listEdgeRequests()
    },
  }
}

function addressIn(url: string): GatewayAddress {
  const { hostname, port } = new URL(url)
  return { host: hostname, port: Number(port) }
}
