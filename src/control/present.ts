import type { SimulatedConnector } from '../../schemas/control/connector.ts'
import type { ConnectionRecord, ConnectorWithConnections, Moment, TunnelRecord } from '../../schemas/records.ts'
import { Unauthorized } from '../resources/connections/connector-rules.ts'
import { connectorHistory } from '../resources/connections/store.ts'
import { statusAt } from '../resources/tunnels/events.ts'
import type { World } from '../world/world.ts'
import { ControlError } from './errors.ts'

export const CONNECTORS = '/accounts/:account_id/tunnels/:tunnel_id/connectors'
export const CONNECTOR = `${CONNECTORS}/:connector_id`

export function admitted<T>(work: () => T): T {
  try {
    return work()
  } catch (error) {
    if (error instanceof Unauthorized) throw new ControlError('forbidden', error.message)
    throw error
  }
}

export function present(world: World, tunnel: TunnelRecord, id: string, moment: Moment): SimulatedConnector {
  const connector = connectorHistory(world.db, tunnel).find(one => one.id === id)
  if (!connector) throw new ControlError('not_found', `tunnel ${tunnel.id} has no connector ${id}`)
  return shown(world, tunnel, connector, moment)
}

export function shown(
  world: World,
  tunnel: TunnelRecord,
  { tunnel_secret, features, colos, connections, ...connector }: ConnectorWithConnections,
  moment: Moment,
): SimulatedConnector {
  return {
    ...connector,
    features: [...features],
    colos: [...colos],
    connections: connections.map(({ client_id, origin_ip, ...connection }) => ({
      ...connection,
      state: stateOf(connection, moment),
    })),
    tunnel_status: statusAt(world, tunnel, moment.now) ?? 'inactive',
  }
}

function stateOf({ lost_at, closed_at }: Pick<ConnectionRecord, 'lost_at' | 'closed_at'>, { tracked_since }: Moment) {
  if (closed_at !== null) return 'closed'
  if (lost_at === null) return 'live'
  return lost_at > tracked_since ? 'pending' : 'expired'
}
