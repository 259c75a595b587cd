import type { Result } from '../../schemas/control/control.ts'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { EdgeInfo } from '../../schemas/control/info.ts'
import { consoleMode } from '../config/console-mode.ts'
import { seedNames } from '../config/seed-names.ts'
import { VERSION } from '../config/version.ts'
import { sampleCredentials } from '../resources/sample-account.ts'
import { allZones } from '../resources/zones/default-zone.ts'
import { isPersistent } from '../store/heartbeat.ts'
import { MAX_EVENTS } from '../world/events.ts'
import { addressesOf } from './addresses.ts'
import type { Context } from './context.ts'

export function getInfo({ world, worlds, url, edge, server }: Context): Result<'getInfo'> {
  const credentials = sampleCredentials(world)
  const zone = allZones(world.db).find(({ account_id }) => account_id === credentials.account_id)
  return {
    version: VERSION,
    world: world.id,
    base_url: addressesOf(world, url).base_url,
    auth: world.auth,
    ...credentials,
    zone: zone === undefined ? null : { id: zone.id, name: zone.name },
    behaviour: { ...world.changes },
    pending_reconnect_ms: world.pending_reconnect_ms,
    random_seed: world.random_seed ?? null,
    started_at: world.clock.isFrozen() ? null : server.started_at,
    control: server.control.control,
    console: consoleMode(server.control),
    inject_faults: world.inject_faults,
    evidence: world.evidence,
    persistent: isPersistent(worlds.main().db),
    seeds: seedNames(server.pages.seed),
    worlds: worlds.count() - 1,
    limits: { ...worlds.limits, journal_size: world.journal_size, events_kept: MAX_EVENTS },
    edge: edge ? edgeInfo(edge, world.id) : null,
  }
}

export function getPublicKey({ world }: Context): Promise<Result<'getPublicKey'>> {
  return world.signer.publicKey()
}

function edgeInfo({ address, gateway_url, ca_path, countConnections }: EdgeControl, worldId: string): EdgeInfo {
  return { address, gateway_url, ca_path, connections: countConnections(worldId) }
}
