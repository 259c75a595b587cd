import { isDeepStrictEqual } from 'node:util'
import type { TunnelConfig } from '../../../schemas/configuration.ts'
import type { TunnelRecord } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { World } from '../../world/world.ts'
import { emitTunnelEvent } from '../tunnels/events.ts'
import { nextVersion } from './rules.ts'
import { latestConfiguration, latestVersion } from './store.ts'
import { addVersion } from './versions.ts'

/**
 * Stores the configuration that a connector of a local tunnel reports when it registers. Returns
 * its version.
 */
export function storeLocalConfiguration(
  world: World,
  tunnel: TunnelRecord,
  config: TunnelConfig,
  connectorId: string,
  now: Timestamp,
): number {
  const { db } = world
  const version = nextVersion(tunnel, latestVersion(db, tunnel))
  const author = `connector ${connectorId}`
  addVersion(world, tunnel, { version, source: 'local', config, created_at: now, author }, world.momentAt(now))
  emitTunnelEvent(world, 'configuration_published', tunnel, now, { version })
  return version
}

/** Whether the latest configuration of a tunnel is this one, and a connector reported it. */
export function isLatestLocalConfiguration({ db }: World, tunnel: TunnelRecord, config: TunnelConfig): boolean {
  const latest = latestConfiguration(db, tunnel)
  return latest?.source === 'local' && isDeepStrictEqual(latest.config, config)
}
