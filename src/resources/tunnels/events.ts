import type { EventType } from '../../../schemas/control/event.ts'
import type { TunnelKey } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { TunnelStatus } from '../../../schemas/tunnel.ts'
import type { NewEvent } from '../../world/events.ts'
import type { World } from '../../world/world.ts'
import { statusOf } from '../connections/rules.ts'
import { findTunnel } from './store.ts'

type Details = Partial<Omit<NewEvent, 'at' | 'type' | 'account_id' | 'tunnel_id'>>

export function emitTunnelEvent(
  { events }: World,
  type: EventType,
  { account_tag, id }: TunnelKey,
  at: Timestamp,
  details: Details = {},
): void {
  events.emit({ at, type, account_id: account_tag, tunnel_id: id, ...details })
}

/** The reason in the event of a connection that a clean-up closed. */
export const CLEAN_UP_REASON = 'clean-up'

export function emitStatusChange(
  world: World,
  tunnel: TunnelKey,
  at: Timestamp,
  { before, after }: { readonly before: TunnelStatus; readonly after: TunnelStatus },
): void {
  if (before !== after) emitTunnelEvent(world, 'tunnel_status_changed', tunnel, at, { before, status: after })
}

export function statusAt(world: World, { account_tag, id }: TunnelKey, at: Timestamp): TunnelStatus | undefined {
  const found = findTunnel(world.db, account_tag, id, world.momentAt(at))
  return found && statusOf(found)
}
