import type { TunnelConfig } from '../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelKey, TunnelRecord } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { nextVersion } from '../resources/configurations/rules.ts'
import { insertConfiguration, latestConfiguration, latestVersion } from '../resources/configurations/store.ts'
import { isOutdated } from '../resources/connections/rules.ts'
import { findSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector, saveConfigVersion } from '../resources/connections/store.ts'
import { emitTunnelEvent } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'

/**
 * Applies the latest remote version to a connector, immediately or after its delay, if it has one.
 */
export function takeConfiguration(world: World, tunnel: TunnelKey, connectorId: string, now: Timestamp): void {
  const delay = findSimulation(world.db, tunnel, connectorId).config_delay_ms
  if (delay === null) return
  if (delay === 0) takeNow(world, tunnel, connectorId, now)
  else world.scheduler.add(plusMillis(now, delay), due => takeNow(world, tunnel, connectorId, due))
}

/**
 * The connector may be gone or no longer accept versions, and a newer version may have been
 * published.
 */
function takeNow(world: World, { account_tag, id }: TunnelKey, connectorId: string, now: Timestamp): void {
  const { db } = world
  const moment = world.momentAt(now)
  const tunnel = findTunnel(db, account_tag, id, moment)
  const connector = tunnel && findConnector(db, tunnel, connectorId, moment)
  if (!connector || findSimulation(db, tunnel, connectorId).config_delay_ms === null) return

  const latest = latestConfiguration(db, tunnel)
  if (!isOutdated(connector, tunnel, latest)) return

  saveConfigVersion(db, tunnel, connectorId, latest.version)
  emitTunnelEvent(world, 'configuration_taken', tunnel, now, { connector_id: connectorId, version: latest.version })
}

/**
 * Stores the configuration that a connector of a local tunnel reports when it registers.
 */
export function pushConfiguration(
  world: World,
  tunnel: TunnelRecord,
  config: TunnelConfig,
  connectorId: string,
  now: Timestamp,
): ConfigurationRecord {
  const { db } = world
  const version = nextVersion(tunnel, latestVersion(db, tunnel))
  const pushed = { version, source: 'local', config, created_at: now, author: `connector ${connectorId}` } as const
  insertConfiguration(db, tunnel, pushed)
  emitTunnelEvent(world, 'configuration_published', tunnel, now, { version })
  return pushed
}
