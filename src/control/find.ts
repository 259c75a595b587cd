import type { ConnectorAddress, TunnelAddress } from '../../schemas/control/connector.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { ConnectorRecord, ConnectorWithConnections, Moment, TunnelRecord } from '../../schemas/records.ts'
import { isLive } from '../resources/connections/rules.ts'
import { findConnector } from '../resources/connections/store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'

/** A tunnel, and the moment at which it was read. */
interface FoundTunnel {
  readonly moment: Moment
  readonly tunnel: TunnelRecord
}

interface FoundConnector extends FoundTunnel {
  readonly connector: ConnectorWithConnections
}

/** Throws a ControlError when the edge is off. */
export function requireEdge({ edge }: Context): EdgeControl {
  if (!edge) throw new ControlError('refused', 'the edge is off: start the server with --edge-port')
  return edge
}

/** Throws a ControlError when the account has no such tunnel. */
export function requireTunnel(world: World, { account_id, tunnel_id }: TunnelAddress): FoundTunnel {
  const moment = world.moment()
  const tunnel = findTunnel(world.db, account_id.toLowerCase(), tunnel_id.toLowerCase(), moment)
  if (!tunnel) throw new ControlError('not_found', `there is no tunnel ${tunnel_id} in account ${account_id}`)
  return { moment, tunnel }
}

/** Throws a ControlError when there is no such tunnel, or it never had such a connector. */
export function requireConnector(world: World, address: ConnectorAddress): FoundConnector {
  const { connector_id, tunnel_id } = address
  const { moment, tunnel } = requireTunnel(world, address)
  const connector = findConnector(world.db, tunnel, connector_id.toLowerCase(), moment)
  if (!connector) throw new ControlError('not_found', `tunnel ${tunnel_id} has no connector ${connector_id}`)
  return { moment, tunnel, connector }
}

/** Throws a ControlError for a real connector, which only its own process can control. */
export function requireSimulated({ id, kind }: ConnectorRecord): void {
  if (kind === 'real') throw new ControlError('refused', `connector ${id} is a real cloudflared: stop it itself`)
}

/** Throws a ControlError for a connector without a live connection. */
export function requireLive({ id, connections }: ConnectorWithConnections): void {
  if (!connections.some(isLive)) throw new ControlError('refused', `connector ${id} is not connected`)
}
