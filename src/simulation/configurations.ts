import type { TunnelKey } from '../../schemas/records.ts'
import { plusMillis } from '../../schemas/time.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { takeVersion } from '../resources/connections/ledger.ts'
import { isOutdated } from '../resources/connections/rules.ts'
import { findSimulation } from '../resources/connections/simulation-store.ts'
import { findConnector } from '../resources/connections/store.ts'
import { findTunnel } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import { planFor } from './plan.ts'

/**
 * Applies the latest remote version to a simulated connector, immediately or after its delay, if it
 * has one. The edge sends it to a real one.
 */
export function takeConfiguration(world: World, tunnel: TunnelKey, connectorId: string, now: Timestamp): void {
  const { kind, config_delay_ms: delay } = findSimulation(world.db, tunnel, connectorId)
  if (kind === 'real' || delay === null) return
  if (delay === 0) takeNow(world, tunnel, connectorId, now)
  else {
    const plan = planFor('connector_applies_configuration', tunnel, connectorId)
    const name = `configuration of ${tunnel.account_tag}/${tunnel.id}/${connectorId}`
    world.scheduler.addOnce(name, plusMillis(now, delay), due => takeNow(world, tunnel, connectorId, due), plan)
  }
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
  if (!connector || connector.kind === 'real' || findSimulation(db, tunnel, connectorId).config_delay_ms === null)
    return

  const latest = latestConfiguration(db, tunnel)
  if (!isOutdated(connector, tunnel, latest)) return

  takeVersion(world, tunnel, connector, latest.version, now)
}
