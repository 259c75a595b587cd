import type { WorldEvent } from '../../schemas/control/event.ts'
import { plusMillis } from '../../schemas/time.ts'
import { hasTracked } from '../resources/connections/rules.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { CLEANED_UP } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import type { World } from '../world/world.ts'
import { takeConfiguration } from './configurations.ts'
import { reconnectOrTell } from './connectors.ts'

/** How long a connector that was cut off takes to come back (our choice). */
const RECONNECT_AFTER_MS = 1_000

/** Lets simulated connectors notice what the API does to them. The answer ends it. */
export function startReacting(world: World): () => void {
  /** Connections of a connector that were cut off together come back together; `last` is the event that told of the last one. */
  const returning = new Map<string, { readonly cut: number; readonly last: number }>()

  const scheduleReturn = (event: WorldEvent): void => {
    const tunnel = tunnelOf(world, event)
    const connector = tunnel && findConnector(world.db, tunnel, event.connector_id ?? '', world.momentAt(event.at))
    if (!tunnel || !connector?.reconnects) return

    const due = plusMillis(event.at, RECONNECT_AFTER_MS)
    const key = `${event.account_id} ${event.tunnel_id} ${connector.id} ${due}`
    const before = returning.get(key)
    // One clean-up tells of its connections one right after the other. A later one cuts off what had come back meanwhile.
    const cut = before?.last === event.id - 1 ? before.cut + 1 : 1
    returning.set(key, { cut, last: event.id })
    if (before) return

    world.scheduler.add(due, () => {
      reconnectOrTell(world, tunnel, connector, returning.get(key)?.cut ?? 0, due)
      returning.delete(key)
    })
  }

  return world.events.subscribe(
    event => {
      if (event.type === 'configuration_published') offerOrPostpone(world, event)
      else if (event.reason === CLEANED_UP) scheduleReturn(event)
    },
    ['configuration_published', 'connection_closed'],
  )
}

function tunnelOf({ db, momentAt }: World, { account_id = '', tunnel_id = '', at }: WorldEvent) {
  return findTunnel(db, account_id, tunnel_id, momentAt(at))
}

/** The version is saved already: that the storage does not let a connector take it must not fail whoever published it. */
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
