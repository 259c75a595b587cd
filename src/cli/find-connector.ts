/** Finds what the arguments of a command name, with a clear error when there is none or several. */
import type { Connector, ConnectorAddress } from '../../schemas/control/connector.ts'
import { findTunnel } from '../../schemas/control/find-tunnel.ts'
import type { Control } from '../client.ts'

/** By id, or the only one of the tunnel that is connected or not. */
export async function findConnector(
  control: Control,
  tunnel: string,
  connector: string | undefined,
  account: string | undefined,
  state: 'connected' | 'disconnected',
): Promise<ConnectorAddress> {
  const address = await findTunnel(control, tunnel, { account })
  if (connector !== undefined) return { ...address, connector_id: connector }

  const wanted = state === 'connected'
  const found = (await control.listConnectors(address)).filter(one => isConnected(one) === wanted)
  const [first, second] = found
  if (!first) throw new Error(`tunnel ${tunnel} has no connector that is ${state}`)
  if (second) {
    const ids = found.map(({ id }) => id).join(', ')
    throw new Error(`tunnel ${tunnel} has several connectors that are ${state}: name one of ${ids}`)
  }
  return { ...address, connector_id: first.id }
}

function isConnected({ connections }: Connector): boolean {
  return connections.some(({ state }) => state === 'live')
}
