import type { WorldEvent } from '../../schemas/control/event.ts'
import { plusMillis } from '../../schemas/time.ts'
import { hasTracked } from '../resources/connections/rules.ts'
import { findSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { CLEANED_UP } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'
import { takeConfiguration } from './configurations.ts'
import { tryReconnect } from './connectors.ts'

/** How long a connector whose connections were dropped takes to reconnect (our choice). */
const RECONNECT_AFTER_MS = 1_000

/** Lets simulated connectors react to what the API does to them. Call the result to stop. */
export function reactToEvents(world: World): () => void {
  /**
   * A connector reopens the connections that were dropped together; `last` is the event of the last
   * one.
   */
  const returning = new Map<string, { readonly dropped: number; readonly last: number }>()

  const scheduleReconnect = (event: WorldEvent): void => {
    const tunnel = tunnelOf(world, event)
    const connector = tunnel && findConnector(world.db, tunnel, event.connector_id ?? '', world.momentAt(event.at))
    if (!connector || !findSimulation(world.db, tunnel, connector.id).reconnects) return

    const due = plusMillis(event.at, RECONNECT_AFTER_MS)
    const key = `${event.account_id} ${event.tunnel_id} ${connector.id} ${due}`
    const before = returning.get(key)
    // The events of one clean-up follow each other directly. A later clean-up drops what had come
    // back meanwhile.
    const dropped = before?.last === event.id - 1 ? before.dropped + 1 : 1
    returning.set(key, { dropped, last: event.id })
    if (before) return

    world.scheduler.add(due, () => {
      tryReconnect(world, tunnel, connector, returning.get(key)?.dropped ?? 0, due)
      returning.delete(key)
    })
  }

  return world.events.subscribe(
    event => {
      if (event.type === 'configuration_published') offerOrPostpone(world, event)
      else if (event.reason === CLEANED_UP) scheduleReconnect(event)
    },
    ['configuration_published', 'connection_closed'],
  )
}

function tunnelOf({ db, momentAt }: World, { account_id = '', tunnel_id = '', at }: WorldEvent) {
  return findTunnel(db, account_id, tunnel_id, momentAt(at))
}

/**
 * The version is saved already. If the storage does not let a connector take it now, the request
 * must not fail for that.
 */
function offerOrPostpone(world: World, event: WorldEvent): void {
  try {
    offerConfiguration(world, event)
  } catch (error) {
    if (!isStorageFailure(error)) throw error
    world.scheduler.add(event.at, () => offerConfiguration(world, event))
  }
}

function offerConfiguration(world: World, event: WorldEvent): void {
  const tunnel = tunnelOf(world, event)
  if (!tunnel || !hasTracked(tunnel)) return

  for (const { id } of trackedConnectors(world.db, tunnel, world.momentAt(event.at))) {
    takeConfiguration(world, tunnel, id, event.at)
  }
}
