import { parseDuration } from '../../schemas/duration.ts'
import type { ScenarioStep } from '../../schemas/state.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CONNECTIONS_PER_CONNECTOR, isLive } from '../resources/connections/rules.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { findTunnel, tunnelsWithPending } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { close, drain, lose, reconnectOrTell, scheduleExpiry } from './connectors.ts'
import { endFlap } from './flap.ts'

/** Between two connections that a drained connector closes (our choice). */
export const DRAIN_EVERY_MS = 1_000

/** Puts a scenario on the agenda. A step about what is no longer there does nothing. */
export function schedule(world: World, steps: readonly ScenarioStep[], now: Timestamp): void {
  for (const step of steps) {
    world.scheduler.add(plusMillis(now, parseDuration(step.after)), due => play(world, step, due))
  }
}

function play(world: World, { account_id, tunnel_id, connector_id, happens }: ScenarioStep, now: Timestamp): void {
  const moment = world.momentAt(now)
  const tunnel = findTunnel(world.db, account_id.toLowerCase(), tunnel_id.toLowerCase(), moment)
  const connector = tunnel && findConnector(world.db, tunnel, connector_id.toLowerCase(), moment)
  if (!connector) return

  const live = connector.connections.filter(isLive)
  if (happens === 'lost') lose(world, tunnel, live, now)
  if (happens === 'stopped') {
    endFlap(world, tunnel, connector.id)
    close(world, tunnel, connector.connections, now)
  }
  if (happens === 'drained') drain(world, tunnel, live, DRAIN_EVERY_MS, now)
  if (happens === 'back') reconnectOrTell(world, tunnel, connector, CONNECTIONS_PER_CONNECTOR, now)
}

/** What a world that has just been filled owes to its lost connections. */
export function scheduleExpiries(world: World, now: Timestamp): void {
  const moment = world.momentAt(now)
  for (const tunnel of tunnelsWithPending(world.db, moment)) {
    for (const { connections } of trackedConnectors(world.db, tunnel, moment)) {
      for (const connection of connections) {
        if (connection.lost_at !== null) scheduleExpiry(world, tunnel, connection.lost_at)
      }
    }
  }
}
