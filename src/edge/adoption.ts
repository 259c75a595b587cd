import { randomUUID } from 'node:crypto'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { loseWithoutSession } from '../resources/connections/ledger.ts'
import { isKnownConnection, isLiveConnection } from '../resources/connections/real-store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import { runOrPostpone } from '../world/postpone.ts'
import type { World } from '../world/world.ts'
import { admitTo, enter, toldLocal } from './ledger.ts'
import type { LiveConnection } from './live-connection.ts'
import type { Registry } from './registry.ts'

/**
 * Takes over the sessions of a world for the one that replaces it, such as after a reset. Otherwise
 * every reset would cost the time until cloudflared connects again (our choice). Returns the
 * sessions that stay; the others are destroyed. Live connections without a session are lost.
 */
export function adopt(world: World, registry: Registry, now: Timestamp): readonly LiveConnection[] {
  const hasSession = (id: string): boolean => registry.find(world.id, id) !== undefined

  const adopted = registry.inWorld(world.id).filter(live => {
    if (isInPlace(world, live) || join(world, live, hasSession)) return true

    registry.remove(live)
    live.destroy()
    return false
  })
  runOrPostpone(world, now, at => loseWithoutSession(world, hasSession, at))
  for (const live of adopted) {
    // cloudflared does not report it again.
    if (live.local_configuration) toldLocal(world, live, live.local_configuration)
  }
  return adopted
}

/**
 * Whether the new data has the connection, live. Its secret is not checked again, as with every
 * connected connector (documented: secret_rotation).
 */
function isInPlace(world: World, { tunnel, connector_id, connection_id }: LiveConnection): boolean {
  const { db } = world
  const found = findTunnel(db, tunnel.account_tag, tunnel.id, world.moment())
  return found?.deleted_at === null && isLiveConnection(db, tunnel, connector_id, connection_id)
}

/** Opens the connection in the new data, if its world admits the connector. */
function join(world: World, live: LiveConnection, hasSession: (id: string) => boolean): boolean {
  const { tunnel, call, connector_id, connection_id } = live
  if ('refusal' in admitTo(world, call)) return false

  // A connection that ended stays in the data, so it cannot begin again.
  if (isKnownConnection(world.db, tunnel, connector_id, connection_id)) live.connection_id = randomUUID()
  return enter(world, tunnel, call, live, hasSession) === undefined
}
