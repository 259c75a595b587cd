import type { TunnelConfig } from '../../schemas/configuration.ts'
import type { ConfigurationRecord, TunnelRecord } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { insertConfiguration, latestConfiguration, latestVersion } from '../resources/configurations/store.ts'
import { takes } from '../resources/connections/connector-rules.ts'
import { findConnector, saveConnector } from '../resources/connections/store.ts'
import { tell } from '../resources/tunnels/events.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'

/** A connector takes the latest remote version, at once or after its delay; one that refuses never does. */
export function takeConfiguration(world: World, tunnel: TunnelRecord, connectorId: string, now: Timestamp): void {
  const { config_delay_ms: delay } = findConnector(world.db, tunnel, connectorId, world.momentAt(now)) ?? {}
  if (delay === undefined || delay === null) return
  if (delay === 0) takeNow(world, tunnel, connectorId, now)
  else world.scheduler.add(plusMillis(now, delay), due => takeNow(world, tunnel, connectorId, due))
}

/** What holds by then counts: the connector may be gone, or told to refuse, and a newer version may be out. */
function takeNow(world: World, { account_tag, id }: TunnelRecord, connectorId: string, now: Timestamp): void {
  const { db } = world
  const moment = world.momentAt(now)
  const tunnel = findTunnel(db, account_tag, id, moment)
  const connector = tunnel && findConnector(db, tunnel, connectorId, moment)
  if (!connector || connector.config_delay_ms === null) return

  const latest = latestConfiguration(db, tunnel)
  if (!takes(connector, tunnel, latest)) return

  saveConnector(db, tunnel, { ...connector, config_version: latest.version })
  tell(world, 'configuration_taken', tunnel, now, { connector_id: connectorId, version: latest.version })
}

/** A connector of a local tunnel tells the edge its own configuration (a real one does so when it registers). */
export function pushConfiguration(
  world: World,
  tunnel: TunnelRecord,
  config: TunnelConfig,
  connectorId: string,
  now: Timestamp,
): ConfigurationRecord {
  const { db } = world
  const version = latestVersion(db, tunnel) + 1
  const pushed = { version, source: 'local', config, created_at: now, author: `connector ${connectorId}` } as const
  insertConfiguration(db, tunnel, pushed)
  tell(world, 'configuration_published', tunnel, now, { version })
  return pushed
}
