import type { EventType } from '../../../schemas/control/event.ts'
import type { RouteRecord } from '../../../schemas/network-route.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import type { World } from '../../world/world.ts'

export function emitRouteEvent(
  { events }: World,
  type: EventType,
  { account_id, tunnel_id, id }: RouteRecord,
  at: Timestamp,
): void {
  events.emit({ at, type, account_id, tunnel_id, route_id: id })
}

export function emitNetworkEvent(
  { events }: World,
  type: EventType,
  { account_id, id }: VirtualNetworkRecord,
  at: Timestamp,
): void {
  events.emit({ at, type, account_id, virtual_network_id: id })
}
