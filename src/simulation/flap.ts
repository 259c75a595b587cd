import type { ConnectorWithConnections, TunnelKey } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { loseConnections } from '../resources/connections/ledger.ts'
import { isLive } from '../resources/connections/rules.ts'
import type { World } from '../world/world.ts'
import { tryReconnect } from './connectors.ts'
import { planFor } from './plan.ts'

/**
 * Loses the live connections of a connector, which later reconnects by itself with as many.
 */
export function flap(
  world: World,
  tunnel: TunnelKey,
  connector: ConnectorWithConnections,
  downMs: number,
  now: Timestamp,
): void {
  const live = connector.connections.filter(isLive)
  const due = plusMillis(now, downMs)
  loseConnections(world, tunnel, live, now)
  world.scheduler.addOnce(
    jobName(tunnel, connector.id),
    due,
    () => tryReconnect(world, tunnel, connector, live.length, due),
    planFor('connector_reconnects', tunnel, connector.id),
  )
}

/**
 * Cancels the reconnect of a connector that was stopped meanwhile (our choice): stopping a
 * cloudflared ends its process.
 */
export function endFlap({ scheduler }: World, tunnel: TunnelKey, connectorId: string): void {
  scheduler.cancel(jobName(tunnel, connectorId))
}

function jobName({ account_tag, id }: TunnelKey, connectorId: string): string {
  return `return of ${account_tag}/${id}/${connectorId}`
}
