/**
 * Simulated connectors connect, reconnect and drain on demand, on the clock of their world.
 */
import type { ConnectionRecord, ConnectorRecord, TunnelKey, TunnelRecord } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { requireAdmission, requireReplicaLimit, secretBytes, Unauthorized } from '../resources/connections/admission.ts'
import { closeConnections, openConnections } from '../resources/connections/ledger.ts'
import { isLive } from '../resources/connections/rules.ts'
import { findSimulation, saveSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector, trackedConnectors } from '../resources/connections/store.ts'
import { emitTunnelEvent } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { takeConfiguration } from './configurations.ts'
import { type ConnectorOptions, newConnections, newConnector } from './new-connector.ts'
import { planFor } from './plan.ts'

/**
 * Starts a cloudflared and returns its connector id. Throws Unauthorized if the edge rejects it.
 */
export function connect(
  world: World,
  tunnel: TunnelRecord,
  options: ConnectorOptions,
  secret: string,
  count: number,
  now: Timestamp,
): string {
  const { db, ids } = world
  requireAdmission(tunnel, secretBytes(secret))
  requireReplicaLimit(trackedConnectors(db, tunnel, world.momentAt(now)))

  const connector = newConnector(options, ids.uuid(), secret, now)
  const opened = newConnections(connector, count, ids.uuid, now)
  openConnections(world, tunnel, connector, opened, now, {
    alsoWrite: () => saveSimulation(db, tunnel, connector.id, connector),
  })
  takeConfiguration(world, tunnel, connector.id, now)
  return connector.id
}

/**
 * Reconnects a connector under its id, with `wanted` live connections. Throws Unauthorized if its
 * secret is no longer valid or the tunnel has the maximum number of replicas.
 */
export function reconnect(
  world: World,
  { account_tag, id }: TunnelKey,
  connector: ConnectorRecord,
  wanted: number,
  now: Timestamp,
): void {
  const { db, ids } = world
  const moment = world.momentAt(now)
  const tunnel = requireAdmission(findTunnel(db, account_tag, id, moment), secretBytes(connector.tunnel_secret))
  requireReplicaLimit(trackedConnectors(db, tunnel, moment).filter(other => other.id !== connector.id))

  const { connections = [] } = findConnector(db, tunnel, connector.id, moment) ?? {}
  const missing = Math.max(wanted - connections.filter(isLive).length, 0)
  openConnections(world, tunnel, connector, newConnections(connector, missing, ids.uuid, now), now)
  takeConfiguration(world, tunnel, connector.id, now)
}

/**
 * Reconnects a connector that does so by itself: a rejection is an event and not an error. A
 * connector that became real meanwhile is left to its cloudflared.
 */
export function tryReconnect(
  world: World,
  tunnel: TunnelKey,
  connector: ConnectorRecord,
  wanted: number,
  now: Timestamp,
): void {
  if (findSimulation(world.db, tunnel, connector.id).kind === 'real') return
  try {
    reconnect(world, tunnel, connector, wanted, now)
  } catch (error) {
    if (!(error instanceof Unauthorized)) throw error
    emitTunnelEvent(world, 'reconnect_refused', tunnel, now, { connector_id: connector.id, reason: error.message })
  }
}

/** Closes connections one after the other, like a cloudflared that shuts down slowly. */
export function drain(
  world: World,
  tunnel: TunnelKey,
  drained: readonly ConnectionRecord[],
  everyMs: number,
  now: Timestamp,
): void {
  for (const [nth, connection] of drained.entries()) {
    const due = plusMillis(now, nth * everyMs)
    const close = () => closeConnections(world, tunnel, stillTracked(world, tunnel, connection, due), due)
    if (nth === 0) close()
    else {
      const plan = planFor('connection_closes', tunnel, connection.client_id)
      world.scheduler.add(due, close, { ...plan, connection_id: connection.id })
    }
  }
}

function stillTracked({ db, momentAt }: World, tunnel: TunnelKey, { client_id, id }: ConnectionRecord, now: Timestamp) {
  const { connections = [] } = findConnector(db, tunnel, client_id, momentAt(now)) ?? {}
  return connections.filter(connection => connection.id === id)
}
