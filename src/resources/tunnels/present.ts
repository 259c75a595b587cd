import type { Connectivity, ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'
import type { CreatedTunnel, Tunnel, UpdatedTunnel } from '../../../schemas/tunnel.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { presentConnections } from '../connections/present.ts'
import { statusOf } from '../connections/rules.ts'
import { tunnelToken } from '../tokens/rules.ts'

/**
 * A tunnel as clients see it, keys in the recorded order (recorded: tunnel_answer). Without
 * `connectors` there is no key `connections`. A deleted tunnel has no `config_src` and no `remote_config` (recorded: delete_answer).
 */
export function presentTunnel(
  tunnel: TunnelRecord & Connectivity,
  connectors: readonly ConnectorWithConnections[] | undefined,
  changes: DatedChanges,
): Tunnel {
  const isLive = tunnel.deleted_at === null
  return {
    id: tunnel.id,
    account_tag: tunnel.account_tag,
    created_at: tunnel.created_at,
    deleted_at: tunnel.deleted_at,
    name: tunnel.name,
    ...(connectors && { connections: connectors.flatMap(presentConnections) }),
    conns_active_at: tunnel.conns_active_at,
    conns_inactive_at: tunnel.conns_inactive_at,
    tun_type: 'cfd_tunnel',
    metadata: tunnel.metadata,
    status: statusOf(tunnel),
    remote_config: isLive && tunnel.config_src === 'cloudflare',
    ...(isLive && changes.config_src_in_answers && { config_src: tunnel.config_src }),
  }
}

/** Only the answer to a create shows the secret, inside the credentials file and the token (recorded: create_answer). */
export function presentCreated(tunnel: TunnelRecord & Connectivity, changes: DatedChanges): CreatedTunnel {
  return {
    ...presentTunnel(tunnel, [], changes),
    credentials_file: {
      AccountTag: tunnel.account_tag,
      TunnelID: tunnel.id,
      TunnelName: tunnel.name,
      TunnelSecret: tunnel.tunnel_secret,
    },
    token: tunnelToken(tunnel),
  }
}

/** An update answers with the token of the present secret (documented: update_answer). */
export function presentUpdated(
  tunnel: TunnelRecord & Connectivity,
  connectors: readonly ConnectorWithConnections[],
  changes: DatedChanges,
): UpdatedTunnel {
  return { ...presentTunnel(tunnel, connectors, changes), token: tunnelToken(tunnel) }
}
