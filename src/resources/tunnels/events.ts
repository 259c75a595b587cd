import type { EventType } from '../../../schemas/control/event.ts'
import type { ConnectionRecord, TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { TunnelStatus } from '../../../schemas/tunnel.ts'
import type { NewEvent } from '../../world/events.ts'
import type { World } from '../../world/world.ts'
import { statusOf } from './rules.ts'
import { findTunnel } from './store.ts'

type Details = Partial<Omit<NewEvent, 'at' | 'type' | 'account_id' | 'tunnel_id'>>

/** Tells the world that something happened to a tunnel. */
export function tell(
  { events }: World,
  type: EventType,
  { account_tag, id }: TunnelRecord,
  at: Timestamp,
  details: Details = {},
): void {
  events.emit({ at, type, account_id: account_tag, tunnel_id: id, ...details })
}

/** The reason of a closed connection that the API cut off, and not its connector. */
export const CLEANED_UP = 'clean-up'

/** Tells the same of several connections. */
export function tellConnections(
  world: World,
  type: EventType,
  tunnel: TunnelRecord,
  connections: readonly ConnectionRecord[],
  at: Timestamp,
  reason?: string,
): void {
  for (const { client_id, id } of connections) {
    tell(world, type, tunnel, at, { connector_id: client_id, connection_id: id, ...(reason && { reason }) })
  }
}

/** Makes a change, and tells it when the status of the tunnel is another one afterwards. */
export function tellingStatus<T>(world: World, tunnel: TunnelRecord, at: Timestamp, change: () => T): T {
  const before = statusAt(world, tunnel, at)
  const result = change()
  tellStatus(world, tunnel, at, before)
  return result
}

export function tellStatus(world: World, tunnel: TunnelRecord, at: Timestamp, before: TunnelStatus | undefined): void {
  const status = statusAt(world, tunnel, at)
  if (before && status && before !== status) tell(world, 'tunnel_status_changed', tunnel, at, { before, status })
}

export function statusAt(world: World, { account_tag, id }: TunnelRecord, at: Timestamp): TunnelStatus | undefined {
  const found = findTunnel(world.db, account_tag, id, world.momentAt(at))
  return found && statusOf(found)
}
