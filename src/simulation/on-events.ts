import type { WorldEvent } from '../../schemas/control/event.ts'
import { plusMillis } from '../../schemas/time.ts'
import { hasTracked } from '../resources/connections/rules.ts'
import { findSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { CLEAN_UP_REASON } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import { runOrPostpone } from '../world/postpone.ts'
import type { World } from '../world/world.ts'
import { takeConfiguration } from './configurations.ts'
import { tryReconnect } from './connectors.ts'
import { planFor } from './plan.ts'

/** Delay before a connector reopens dropped connections (our choice). */
const RECONNECT_AFTER_MS = 1_000

/** Makes simulated connectors react to API calls. Returns a function that stops that. */
export function reactToEvents(world: World): () => void {
  /** Connections to reopen together; `last` is the id of the last of their events. */
  const pendingReconnects = new Map<string, { readonly dropped: number; readonly last: number }>()

  const scheduleReconnect = (event: WorldEvent): void => {
    const tunnel = tunnelOf(world, event)
    const connector = tunnel && findConnector(world.db, tunnel, event.connector_id ?? '', world.momentAt(event.at))
    if (!connector || !findSimulation(world.db, tunnel, connector.id).reconnects) return

    const due = plusMillis(event.at, RECONNECT_AFTER_MS)
    const key = `${event.account_id} ${event.tunnel_id} ${connector.id} ${due}`
    const before = pendingReconnects.get(key)
    // The events of one clean-up have consecutive ids. A later clean-up drops connections that
    // were reopened meanwhile.
    const dropped = before?.last === event.id - 1 ? before.dropped + 1 : 1
    pendingReconnects.set(key, { dropped, last: event.id })
    if (before) return

    const reopen = (): void => {
      tryReconnect(world, tunnel, connector, pendingReconnects.get(key)?.dropped ?? 0, due)
      pendingReconnects.delete(key)
    }
    world.scheduler.add(due, reopen, planFor('connector_reconnects', tunnel, connector.id))
  }

  return world.events.subscribe(
    event => {
      // The version is already saved, so the request must not fail if the storage fails now.
      // Connectors then take the version later.
      if (event.type === 'configuration_published')
        runOrPostpone(world, event.at, () => offerConfiguration(world, event))
      else if (event.reason === CLEAN_UP_REASON) scheduleReconnect(event)
    },
    ['configuration_published', 'connection_closed'],
  )
}

function tunnelOf({ db, momentAt }: World, { account_id = '', tunnel_id = '', at }: WorldEvent) {
  return findTunnel(db, account_id, tunnel_id, momentAt(at))
}

function offerConfiguration(world: World, event: WorldEvent): void {
  const tunnel = tunnelOf(world, event)
  if (!tunnel || !hasTracked(tunnel)) return

  for (const { id } of trackedConnectors(world.db, tunnel, world.momentAt(event.at))) {
    takeConfiguration(world, tunnel, id, event.at)
  }
}
