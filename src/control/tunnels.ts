import type { Result } from '../../schemas/control/control.ts'
import type { TunnelSummary } from '../../schemas/control/tunnel.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { trackedConnectors } from '../resources/connections/store.ts'
import { statusAt } from '../resources/tunnels/events.ts'
import { allTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'

export function listTunnels({ world }: Context): Result<'listTunnels'> {
  const moment = world.moment()
  return allTunnels(world.db)
    .filter(({ deleted_at }) => deleted_at === null)
    .map(tunnel => summaryOf(world, tunnel, moment))
}

function summaryOf(world: World, tunnel: TunnelRecord, moment: Moment): TunnelSummary {
  const connectors = trackedConnectors(world.db, tunnel, moment)
  const configuration = latestConfiguration(world.db, tunnel)
  const hostnames = configuration?.config.ingress?.flatMap(({ hostname }) => hostname || []) ?? []
  return {
    account_id: tunnel.account_tag,
    tunnel_id: tunnel.id,
    name: tunnel.name,
    status: statusAt(world, tunnel, moment.now) ?? 'inactive',
    connectors: connectors.length,
    hostnames: [...new Set(hostnames)],
    config_version: configuration?.version ?? null,
    versions: [...new Set(connectors.map(({ version }) => version))],
  }
}
