import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { EdgeControl } from '../../schemas/control/edge-control.ts'
import type { TunnelSummary } from '../../schemas/control/tunnel.ts'
import type { Moment, TunnelRecord } from '../../schemas/records.ts'
import { connectorEnvironment } from '../config/connector-env.ts'
import { hostnamesOf } from '../resources/configurations/rules.ts'
import { latestConfiguration } from '../resources/configurations/store.ts'
import { trackedConnectors } from '../resources/connections/store.ts'
import { tunnelToken } from '../resources/tokens/rules.ts'
import { statusAt } from '../resources/tunnels/events.ts'
import { allTunnels } from '../resources/tunnels/store.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { requireEdge, requireTunnel } from './find.ts'

export function listTunnels({ world }: Context): Result<'listTunnels'> {
  const moment = world.moment()
  return allTunnels(world.db)
    .filter(({ deleted_at }) => deleted_at === null)
    .map(tunnel => summaryOf(world, tunnel, moment))
}

export function getTunnelRun(context: Context, address: Input<'getTunnelRun'>): Result<'getTunnelRun'> {
  const edge = requireEdge(context)
  const { tunnel } = requireTunnel(context.world, address)
  if (tunnel.deleted_at !== null) throw new ControlError('refused', `tunnel ${tunnel.id} is deleted`)

  const { account_tag, id, name } = tunnel
  const target = { address: addressFor(edge, context.url), ca_path: edge.ca_path, token: tunnelToken(tunnel) }
  return { account_id: account_tag, tunnel_id: id, name, env: connectorEnvironment(target) }
}

/** For an edge on all addresses of a machine, the host under which the caller found the server. */
function addressFor({ address, is_on_all_addresses }: EdgeControl, url: string): string {
  return is_on_all_addresses ? `${new URL(url).hostname}${/:\d+$/.exec(address)}` : address
}

function summaryOf(world: World, tunnel: TunnelRecord, moment: Moment): TunnelSummary {
  const connectors = trackedConnectors(world.db, tunnel, moment)
  const configuration = latestConfiguration(world.db, tunnel)
  return {
    account_id: tunnel.account_tag,
    tunnel_id: tunnel.id,
    name: tunnel.name,
    status: statusAt(world, tunnel, moment.now) ?? 'inactive',
    connectors: connectors.length,
    hostnames: hostnamesOf(configuration),
    config_version: configuration?.version ?? null,
    versions: [...new Set(connectors.map(({ version }) => version))],
  }
}
