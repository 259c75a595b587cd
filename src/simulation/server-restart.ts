import type { TunnelRecord } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { isLive } from '../resources/connections/rules.ts'
import { trackedConnectors } from '../resources/connections/store.ts'
import { tunnelsWithLive } from '../resources/tunnels/store.ts'
import { lastHeartbeat } from '../store/heartbeat.ts'
import { ignoreStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'
import { lose } from './connectors.ts'
import { scheduleExpiries } from './scenario.ts'

/**
 * Simulated connectors live in the server, so they lose their connections when it stops (our choice) and wait from that moment
 * like any other that was lost. Where the storage does not let it be written, the next start does it.
 */
export function stopConnectors(world: World): void {
  ignoreStorageFailure(() => loseAll(world, world.now()))
}

/**
 * What a world owes to the connectors that an earlier server left in its database. One that was killed could not say when: the
 * last moment at which it was asked for something counts (our choice), so no answer that it ever gave becomes untrue.
 */
export function takeOver(world: World): void {
  const now = world.clock.now()
  loseAll(world, lastHeartbeat(world.db) ?? now)
  scheduleExpiries(world, now)
}

function loseAll(world: World, at: Timestamp): void {
  for (const tunnel of tunnelsWithLive(world.db)) loseThoseOf(world, tunnel, at)
}

/** None is lost before it was opened: the last moment is known to the second. */
function loseThoseOf(world: World, tunnel: TunnelRecord, at: Timestamp): void {
  const tracked = trackedConnectors(world.db, tunnel, world.momentAt(at))
  const live = tracked.flatMap(({ connections }) => connections.filter(isLive))
  const latest = [at, ...live.map(({ opened_at }) => opened_at)].toSorted().at(-1) ?? at
  lose(world, tunnel, live, latest)
}
