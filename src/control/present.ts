import type { Connector } from '../../schemas/control/connector.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { CompleteConnectorRecord, ConnectionRecord, Moment, TunnelRecord } from '../../schemas/records.ts'
import type { TunnelStatus } from '../../schemas/tunnel.ts'
import { isTrackedLoss } from '../resources/connections/rules.ts'
import { completeConnectorHistory } from '../resources/connections/simulation-store.ts'
import { statusAt } from '../resources/tunnels/events.ts'
import type { World } from '../world/world.ts'

/** A connector as it is stored now: call it after a change. */
export function presentById(world: World, tunnel: TunnelRecord, id: string, moment: Moment): Connector {
  const connector = completeConnectorHistory(world.db, tunnel).find(one => one.id === id)
  if (!connector) throw new ControlError('not_found', `tunnel ${tunnel.id} has no connector ${id}`)
  return present(world, tunnel, connector, moment)
}

export function present(
  world: World,
  tunnel: TunnelRecord,
  connector: CompleteConnectorRecord,
  moment: Moment,
): Connector {
  return presentWithStatus(connector, statusAt(world, tunnel, moment.now) ?? 'inactive', moment)
}

/** Leaves out its secret. `tunnel_status`: of its tunnel. */
export function presentWithStatus(
  { tunnel_secret, features, colos, connections, ...connector }: CompleteConnectorRecord,
  tunnel_status: TunnelStatus,
  moment: Moment,
): Connector {
  return {
    ...connector,
    features: [...features],
    colos: [...colos],
    connections: connections.map(({ client_id, origin_ip, conn_index: index, ...connection }) => ({
      ...connection,
      index,
      state: stateOf(connection, moment),
    })),
    tunnel_status,
  }
}

function stateOf({ lost_at, closed_at }: Pick<ConnectionRecord, 'lost_at' | 'closed_at'>, moment: Moment) {
  if (closed_at !== null) return 'closed'
  if (lost_at === null) return 'live'
  return isTrackedLoss(lost_at, moment) ? 'pending' : 'expired'
}
