/**
 * Simulated connectors: a cloudflared that comes and goes on demand. Each function does one thing to a connector of a world at
 * a given instant, tells what happened, and puts on the agenda what follows by itself.
 */
import type {
  ConnectionRecord,
  ConnectorRecord,
  ConnectorWithConnections,
  TunnelRecord,
} from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import {
  afterConnect,
  type ConnectorWish,
  newConnections,
  newConnector,
  requireAdmission,
  requireRoom,
  Unauthorized,
} from '../resources/connections/connector-rules.ts'
import { afterLoss, isLive } from '../resources/connections/rules.ts'
import {
  findConnector,
  insertConnections,
  insertConnector,
  markClosed,
  markLost,
  trackedConnectors,
} from '../resources/connections/store.ts'
import { statusAt, tell, tellConnections, tellingStatus, tellStatus } from '../resources/tunnels/events.ts'
import { findTunnel, saveTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { takeConfiguration } from './configurations.ts'

/** A cloudflared starts with a secret. Throws Unauthorized when the edge would turn it away. */
export function connect(
  world: World,
  tunnel: TunnelRecord,
  wish: ConnectorWish,
  secret: string,
  count: number,
  now: Timestamp,
): ConnectorWithConnections {
  const { db, ids } = world
  requireAdmission(tunnel, secret)
  requireRoom(trackedConnectors(db, tunnel, world.momentAt(now)))

  const connector = newConnector(wish, ids.uuid(), secret, now)
  const connections = newConnections(connector, count, ids.uuid, now)
  tellingStatus(world, tunnel, now, () => {
    db.transaction(() => {
      insertConnector(db, tunnel, { ...connector, connections })
      saveTunnel(db, afterConnect(tunnel, now))
    })
    tellConnections(world, 'connection_opened', tunnel, connections, now)
  })
  takeConfiguration(world, tunnel, connector.id, now)
  return { ...connector, connections }
}

/** Connections break; they are tracked until the grace window ends, unless the connector is back before. */
export function lose(world: World, tunnel: TunnelRecord, lost: readonly ConnectionRecord[], now: Timestamp): void {
  end(world, tunnel, lost, now, 'lose')
  if (lost.length > 0) scheduleExpiry(world, tunnel, now)
}

/** Connections close for good, as when cloudflared is stopped in good order. */
export function close(world: World, tunnel: TunnelRecord, closed: readonly ConnectionRecord[], now: Timestamp): void {
  end(world, tunnel, closed, now, 'close')
}

/** What is written is the tunnel as it is by then, since it may have changed after this was put on the agenda. */
function end(
  world: World,
  { account_tag, id: tunnelId }: TunnelRecord,
  ended: readonly ConnectionRecord[],
  now: Timestamp,
  how: 'lose' | 'close',
): void {
  const { db } = world
  const moment = world.momentAt(now)
  const tunnel = findTunnel(db, account_tag, tunnelId, moment)
  if (!tunnel || ended.length === 0) return

  const tracked = trackedConnectors(db, tunnel, moment).flatMap(({ connections }) => connections)
  const remaining = tracked.filter(
    ({ id, client_id }) => !ended.some(one => one.id === id && one.client_id === client_id),
  )
  tellingStatus(world, tunnel, now, () => {
    db.transaction(() => {
      const mark = how === 'lose' ? markLost : markClosed
      mark(db, tunnel, ended, now)
      saveTunnel(db, afterLoss(tunnel, remaining, now))
    })
    tellConnections(world, how === 'lose' ? 'connection_lost' : 'connection_closed', tunnel, ended, now)
  })
}

/**
 * Tells of the moment at which the connections of a tunnel that were lost at one instant are no longer tracked. Nothing is
 * written then: that they expired follows from when they were lost.
 */
export function scheduleExpiry(world: World, tunnel: TunnelRecord, lost_at: Timestamp): void {
  const due = plusMillis(lost_at, world.pending_reconnect_ms)
  world.scheduler.addOnce(`expiry in ${tunnel.account_tag}/${tunnel.id}`, due, () => {
    const justBefore = world.momentAt(plusMillis(due, -1))
    const tracked = trackedConnectors(world.db, tunnel, justBefore).flatMap(({ connections }) => connections)
    const expired = tracked.filter(connection => connection.lost_at === lost_at)
    if (expired.length === 0) return

    tellConnections(world, 'connection_expired', tunnel, expired, due)
    tellStatus(world, tunnel, due, statusAt(world, tunnel, justBefore.now))
  })
}

/**
 * A connector comes back under its own id and has `wanted` live connections again; those that waited for it are gone.
 * Throws Unauthorized when its secret is no longer good, or others took its place.
 */
export function reconnect(
  world: World,
  { account_tag, id }: TunnelRecord,
  connector: ConnectorRecord,
  wanted: number,
  now: Timestamp,
): readonly ConnectionRecord[] {
  const { db, ids } = world
  const moment = world.momentAt(now)
  const tunnel = requireAdmission(findTunnel(db, account_tag, id, moment), connector.tunnel_secret)
  requireRoom(trackedConnectors(db, tunnel, moment).filter(other => other.id !== connector.id))

  const { connections: known = [] } = findConnector(db, tunnel, connector.id, moment) ?? {}
  const pending = known.filter(connection => !isLive(connection))
  const missing = Math.max(wanted - (known.length - pending.length), 0)
  const opened = newConnections(connector, missing, ids.uuid, now)
  tellingStatus(world, tunnel, now, () => {
    db.transaction(() => {
      markClosed(db, tunnel, pending, now)
      insertConnections(db, tunnel, opened)
      saveTunnel(db, afterConnect(tunnel, now))
    })
    tellConnections(world, 'connection_opened', tunnel, opened, now)
  })
  takeConfiguration(world, tunnel, connector.id, now)
  return opened
}

/** The same for a connector that does so by itself: being turned away is something that happened, not an error. */
export function reconnectOrTell(
  world: World,
  tunnel: TunnelRecord,
  connector: ConnectorRecord,
  wanted: number,
  now: Timestamp,
): void {
  try {
    reconnect(world, tunnel, connector, wanted, now)
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error
    tell(world, 'reconnect_refused', tunnel, now, { connector_id: connector.id, reason: error.message })
  }
}

/** Connections close one after the other, as when a cloudflared shuts down slowly. */
export function drain(
  world: World,
  tunnel: TunnelRecord,
  drained: readonly ConnectionRecord[],
  everyMs: number,
  now: Timestamp,
): void {
  for (const [nth, connection] of drained.entries()) {
    const due = plusMillis(now, nth * everyMs)
    if (nth === 0) close(world, tunnel, [connection], now)
    else world.scheduler.add(due, () => close(world, tunnel, stillOpen(world, tunnel, connection, due), due))
  }
}

function stillOpen(world: World, tunnel: TunnelRecord, { client_id, id }: ConnectionRecord, now: Timestamp) {
  return (findConnector(world.db, tunnel, client_id, world.momentAt(now))?.connections ?? []).filter(
    one => one.id === id,
  )
}
