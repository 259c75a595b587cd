import type { TunnelKey } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { loseConnections } from '../resources/connections/ledger.ts'
import { isLive } from '../resources/connections/rules.ts'
import { trackedConnections } from '../resources/connections/store.ts'
import { tunnelsWithLive } from '../resources/tunnels/store.ts'
import { lastHeartbeat } from '../store/heartbeat.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'

/**
 * Simulated connectors live in the server, so they lose their connections when it stops (our
 * choice), which are then pending like any other lost one. If the storage fails, the next start
 * does it.
 */
export function stopConnectors(world: World): void {
  ignoreStorageFailure(() => loseAll(world, world.now()))
}

/**
 * Connectors that an earlier server left in the database lose their connections. A server that was
 * killed could not write when it stopped: the last moment at which it answered a request counts
 * (our choice), so no answer that it ever gave becomes untrue.
 */
export function loseConnectorsOfEarlierServer(world: World): void {
  loseAll(world, lastHeartbeat(world.db) ?? world.clock.now())
}

function loseAll(world: World, at: Timestamp): void {
  for (const tunnel of tunnelsWithLive(world.db)) loseThoseOf(world, tunnel, at)
}

/** No connection is lost before it was opened: the last moment is known to the second. */
function loseThoseOf(world: World, tunnel: TunnelKey, at: Timestamp): void {
  const live = trackedConnections(world.db, tunnel, world.momentAt(at)).filter(isLive)
  const latest = [at, ...live.map(({ opened_at }) => opened_at)].toSorted().at(-1) ?? at
  loseConnections(world, tunnel, live, latest)
}
