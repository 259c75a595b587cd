import type { TunnelKey } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { loseConnections } from '../resources/connections/ledger.ts'
import { isLive } from '../resources/connections/rules.ts'
import { trackedConnections } from '../resources/connections/store.ts'
import { tunnelsWithLiveConnection } from '../resources/tunnels/store.ts'
import { lastHeartbeat } from '../store/heartbeat.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'
import type { WorldFacts } from '../worlds/extensions.ts'

/**
 * Simulated connectors run in the server, so they lose their connections when it stops (our
 * choice). Those are then pending like any other lost connection. If the storage fails, the next
 * server does it.
 */
export function stopConnectors(world: World): void {
  ignoreStorageFailure(() => loseAllConnections(world, world.now()))
}

/**
 * Loses the connections that an earlier server left in the database. A killed server could not
 * write when it stopped, so they are lost at its last response (our choice). That keeps all of its
 * responses true.
 */
export function loseConnectorsOfEarlierServer(world: World): void {
  loseAllConnections(world, lastHeartbeat(world.db) ?? world.clock.now())
}

function loseAllConnections(world: World, at: Timestamp): void {
  for (const tunnel of tunnelsWithLiveConnection(world.db)) loseConnectionsOf(world, tunnel, at)
}

/** The heartbeat has a precision of a second, so it can be earlier than `opened_at`. */
function loseConnectionsOf(world: World, tunnel: TunnelKey, at: Timestamp): void {
  const live = trackedConnections(world.db, tunnel, world.momentAt(at)).filter(isLive)
  const latest = [at, ...live.map(({ opened_at }) => opened_at)].toSorted().at(-1) ?? at
  loseConnections(world, tunnel, live, latest)
}

/** A tunnel whose connections are lost is down. Memory is lost too. */
export function factsAfterStop({ statuses, ...facts }: WorldFacts): WorldFacts {
  const { inactive, healthy, degraded, down } = statuses
  return {
    ...facts,
    statuses: { inactive, healthy: 0, degraded: 0, down: healthy + degraded + down },
    requests: 0,
    faults: 0,
  }
}
