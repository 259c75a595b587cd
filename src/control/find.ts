import type { ConnectorAddress, TunnelAddress } from '../../schemas/control/connector.ts'
import type { ConnectorWithConnections, Moment, TunnelRecord } from '../../schemas/records.ts'
import { findConnector } from '../resources/connections/store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { ControlError } from './errors.ts'

export function tunnelAt(world: World, { account_id, tunnel_id }: TunnelAddress, moment: Moment): TunnelRecord {
  const tunnel = findTunnel(world.db, account_id.toLowerCase(), tunnel_id.toLowerCase(), moment)
  if (!tunnel) throw new ControlError('not_found', `there is no tunnel ${tunnel_id} in account ${account_id}`)
  return tunnel
}

export function connectorAt(
  world: World,
  tunnel: TunnelRecord,
  { connector_id, tunnel_id }: ConnectorAddress,
  moment: Moment,
): ConnectorWithConnections {
  const connector = findConnector(world.db, tunnel, connector_id.toLowerCase(), moment)
  if (!connector) throw new ControlError('not_found', `tunnel ${tunnel_id} has no connector ${connector_id}`)
  return connector
}
