/**
 * Every change of connections, whether the API, the simulation or a real edge causes it. Each
 * function writes the connections and the activity times of their tunnel in one transaction, emits
 * the events, and schedules the expiry.
 */
import type { EventType } from '../../../schemas/control/event.ts'
import type { ConnectionRecord, ConnectorRecord, TunnelKey } from '../../../schemas/records.ts'
import { plusMillis } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { World } from '../../world/world.ts'
import { emitStatusChange, emitTunnelEvent, statusAt } from '../tunnels/events.ts'
import { findTunnel, saveTunnel } from '../tunnels/store.ts'
import { tunnelsWithRealConnector } from './real-store.ts'
import { expiryOf, isLive, isPendingReconnect, statusOf, withActivity } from './rules.ts'
import {
  findConnector,
  insertConnections,
  insertConnector,
  markClosed,
  markLost,
  saveConfigVersion,
  trackedConnections,
  trackedConnectors,
  trackedLosses,
} from './store.ts'

/** More writes for the same transaction. */
type AlsoWrite = () => void

/** The reason in the event of a live connection that another one replaced. */
const REPLACED_REASON = 'replaced'

interface Opening {
  /** Which tracked connections of the connector the new ones replace. Default: the pending ones. */
  readonly isReplaced?: (connection: ConnectionRecord) => boolean
  readonly alsoWrite?: AlsoWrite
}

/**
 * Opens connections of a new or known connector. They replace others of it. Pending ones close
 * without an event: clients only see that the connector reconnected.
 */
export function openConnections(
  world: World,
  tunnel: TunnelKey,
  connector: ConnectorRecord,
  opened: readonly ConnectionRecord[],
  now: Timestamp,
  { isReplaced = isPendingReconnect, alsoWrite }: Opening = {},
): void {
  const { db } = world
  const ended: ConnectionRecord[] = []
  applyChange(world, tunnel, now, {
    write: () => {
      insertConnector(db, tunnel, connector)
      const { connections = [] } = findConnector(db, tunnel, connector.id, world.momentAt(now)) ?? {}
      const replaced = connections.filter(isReplaced)
      if (replaced.length > 0) markClosed(db, tunnel, replaced, now)
      insertConnections(db, tunnel, opened)
      alsoWrite?.()
      ended.push(...replaced.filter(isLive))
    },
    emit: () => {
      emitForEach(world, 'connection_closed', tunnel, ended, now, REPLACED_REASON)
      emitForEach(world, 'connection_opened', tunnel, opened, now)
    },
  })
}

/** Stores which version of the configuration a connector uses. */
export function takeVersion(
  world: World,
  tunnel: TunnelKey,
  { id, config_version }: ConnectorRecord,
  version: number,
  now: Timestamp,
): void {
  if (config_version === version) return

  saveConfigVersion(world.db, tunnel, id, version)
  emitTunnelEvent(world, 'configuration_taken', tunnel, now, { connector_id: id, version })
}

/**
 * Loses the live connections of real connectors that no session carries. `hasSession` gets the id
 * of a connection.
 */
export function loseWithoutSession(world: World, hasSession: (id: string) => boolean, now: Timestamp): void {
  for (const tunnel of tunnelsWithRealConnector(world.db)) {
    const connectors = trackedConnectors(world.db, tunnel, world.momentAt(now)).filter(({ kind }) => kind === 'real')
    const live = connectors.flatMap(({ connections }) => connections).filter(isLive)
    loseConnections(
      world,
      tunnel,
      live.filter(({ id }) => !hasSession(id)),
      now,
    )
  }
}

/** Loses connections. They stay tracked until they expire or the connector reconnects. */
export function loseConnections(
  world: World,
  tunnel: TunnelKey,
  lost: readonly ConnectionRecord[],
  now: Timestamp,
): void {
  if (lost.length === 0) return

  applyChange(world, tunnel, now, {
    write: () => markLost(world.db, tunnel, lost, now),
    emit: () => emitForEach(world, 'connection_lost', tunnel, lost, now),
  })
  scheduleExpiry(world, tunnel, now)
}

/** Closes connections for good: their connector stopped, or the API dropped them. */
export function closeConnections(
  world: World,
  tunnel: TunnelKey,
  closed: readonly ConnectionRecord[],
  now: Timestamp,
  { reason, alsoWrite }: { readonly reason?: string; readonly alsoWrite?: AlsoWrite } = {},
): void {
  if (closed.length === 0 && !alsoWrite) return

  applyChange(world, tunnel, now, {
    write: () => {
      if (closed.length > 0) markClosed(world.db, tunnel, closed, now)
      alsoWrite?.()
    },
    emit: () => emitForEach(world, 'connection_closed', tunnel, closed, now, reason),
  })
}

/** Schedules the expiry of all lost connections after loading data into a world. */
export function scheduleExpiries(world: World, now: Timestamp): void {
  for (const { lost_at, ...tunnel } of trackedLosses(world.db, world.momentAt(now))) {
    scheduleExpiry(world, tunnel, lost_at)
  }
}

/**
 * Emits events when connections that a tunnel lost together expire. It writes nothing: `lost_at`
 * determines when they expire.
 */
function scheduleExpiry(world: World, tunnel: TunnelKey, lost_at: Timestamp): void {
  const due = expiryOf(lost_at, world.pending_reconnect_ms)
  const expire = (): void => {
    const justBefore = plusMillis(due, -1)
    const tracked = trackedConnections(world.db, tunnel, world.momentAt(justBefore))
    const expired = tracked.filter(connection => connection.lost_at === lost_at)
    if (expired.length === 0) return

    emitForEach(world, 'connection_expired', tunnel, expired, due)
    const [before, after] = [statusAt(world, tunnel, justBefore), statusAt(world, tunnel, due)]
    if (before && after) emitStatusChange(world, tunnel, due, { before, after })
  }
  world.scheduler.addOnce(`expiry in ${tunnel.account_tag}/${tunnel.id}`, due, expire, undefined, true)
}

interface Change {
  readonly write: () => void
  readonly emit: () => void
}

/** Does nothing if the tunnel is gone. Reads its status once before the writes and once after. */
function applyChange(world: World, { account_tag, id }: TunnelKey, now: Timestamp, { write, emit }: Change): void {
  const { db } = world
  const moment = world.momentAt(now)
  const statuses = db.transaction(() => {
    const before = findTunnel(db, account_tag, id, moment)
    if (!before) return undefined

    write()
    const after = findTunnel(db, account_tag, id, moment) ?? before
    const saved = withActivity(after, after.live, now)
    if (saved !== after) saveTunnel(db, saved)
    return { before: statusOf(before), after: statusOf(after) }
  })
  if (!statuses) return

  emit()
  emitStatusChange(world, { account_tag, id }, now, statuses)
}

function emitForEach(
  world: World,
  type: EventType,
  tunnel: TunnelKey,
  connections: readonly ConnectionRecord[],
  at: Timestamp,
  reason?: string,
): void {
  for (const { client_id, id, colo_name } of connections) {
    const details = { connector_id: client_id, connection_id: id, colo_name, ...(reason && { reason }) }
    emitTunnelEvent(world, type, tunnel, at, details)
  }
}
