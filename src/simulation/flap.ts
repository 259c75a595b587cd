import type { ConnectorWithConnections, TunnelRecord } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { isLive } from '../resources/connections/rules.ts'
import type { World } from '../world/world.ts'
import { lose, reconnectOrTell } from './connectors.ts'

/** The live connections of a connector break, and after a while it is back by itself with as many. */
export function flap(
  world: World,
  tunnel: TunnelRecord,
  connector: ConnectorWithConnections,
  downMs: number,
  now: Timestamp,
): void {
  const live = connector.connections.filter(isLive)
  const due = plusMillis(now, downMs)
  lose(world, tunnel, live, now)
  world.scheduler.addOnce(returnOf(tunnel, connector.id), due, () =>
    reconnectOrTell(world, tunnel, connector, live.length, due),
  )
}

/** A connector that is stopped while it is away does not come back (our choice): who stops a cloudflared ends its process. */
export function endFlap({ scheduler }: World, tunnel: TunnelRecord, connectorId: string): void {
  scheduler.cancel(returnOf(tunnel, connectorId))
}

function returnOf({ account_tag, id }: TunnelRecord, connectorId: string): string {
  return `return of ${account_tag}/${id}/${connectorId}`
}
