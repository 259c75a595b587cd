import type { ArgoConnection, ArgoTunnel } from '../../../schemas/argo-tunnel.ts'
import type { Client } from '../../../schemas/client.ts'
import type { Configuration } from '../../../schemas/configuration.ts'
import type { Connection } from '../../../schemas/connection.ts'
import type {
  ConfigurationRecord,
  ConnectionRecord,
  Connectivity,
  ConnectorWithConnections,
  TunnelRecord,
} from '../../../schemas/records.ts'
import type { CreatedTunnel, Tunnel, UpdatedTunnel } from '../../../schemas/tunnel.ts'
import type { Behaviour } from '../../evidence/dated-changes.ts'
import type { Unconfigured } from '../configurations/rules.ts'
import { isPendingReconnect } from '../connections/rules.ts'
import { tunnelToken } from '../tokens/rules.ts'
import { statusOf } from './rules.ts'

/**
 * A tunnel as the wire has it, keys in the recorded order (recorded: tunnel_answer). Without `connectors` the key `connections`
 * is left out. A deleted tunnel has no `config_src` and no `remote_config` (recorded: delete_answer).
 */
export function presentTunnel(
  tunnel: TunnelRecord & Connectivity,
  connectors: readonly ConnectorWithConnections[] | undefined,
  behaviour: Behaviour,
): Tunnel {
  const alive = tunnel.deleted_at === null
  const shown: WithGaps<Tunnel> = {
    id: tunnel.id,
    account_tag: tunnel.account_tag,
    created_at: tunnel.created_at,
    deleted_at: tunnel.deleted_at,
    name: tunnel.name,
    connections: connectors?.flatMap(presentConnections),
    conns_active_at: tunnel.conns_active_at,
    conns_inactive_at: tunnel.conns_inactive_at,
    tun_type: 'cfd_tunnel',
    metadata: tunnel.metadata,
    status: statusOf(tunnel),
    remote_config: alive && tunnel.config_src === 'cloudflare',
    config_src: alive && behaviour.config_src_in_answers ? tunnel.config_src : undefined,
  }
  return shown as Tunnel
}

/**
 * Undefined where a key is left out, since JSON does not write that. A spread would leave it out at once, but V8 defines each key
 * behind a spread one by one, which a long list feels.
 */
type WithGaps<T> = { [Key in keyof T]: Pick<T, Key> extends Required<Pick<T, Key>> ? T[Key] : T[Key] | undefined }

/** Only the answer to a create shows the secret, inside the credentials file and the token (recorded: create_answer). */
export function presentCreated(tunnel: TunnelRecord & Connectivity, behaviour: Behaviour): CreatedTunnel {
  return {
    ...presentTunnel(tunnel, [], behaviour),
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
  behaviour: Behaviour,
): UpdatedTunnel {
  return { ...presentTunnel(tunnel, connectors, behaviour), token: tunnelToken(tunnel) }
}

/** Under the old paths a tunnel has few keys, and `connections` always (documented: argo_answer). */
export function presentArgoTunnel(
  { id, name, created_at, deleted_at }: TunnelRecord,
  connectors: readonly ConnectorWithConnections[],
): ArgoTunnel {
  return {
    id,
    name,
    created_at,
    deleted_at,
    connections: connectors.flatMap(({ connections }) => connections.map(presentArgoConnection)),
  }
}

function presentArgoConnection(connection: ConnectionRecord): ArgoConnection {
  return {
    colo_name: connection.colo_name,
    is_pending_reconnect: isPendingReconnect(connection),
    uuid: connection.id,
  }
}

/** (recorded: configuration_answer) */
export function presentConfiguration(
  { id, account_tag }: TunnelRecord,
  { version, config, source, created_at }: ConfigurationRecord | Unconfigured,
  behaviour: Behaviour,
): Configuration {
  return {
    tunnel_id: id,
    version,
    config,
    source,
    created_at,
    ...(behaviour.configuration_account_id && { account_id: account_tag }),
  }
}

/** `ha_status` is null (recorded: connector_answer), `config_version` absent below 1 (recorded: connector_config_version). */
export function presentClient(connector: ConnectorWithConnections): Client {
  return {
    id: connector.id,
    features: [...connector.features],
    version: connector.version,
    arch: connector.arch,
    conns: presentConnections(connector),
    run_at: connector.run_at,
    ha_status: null,
    ...(connector.config_version && { config_version: connector.config_version }),
  }
}

function presentConnections({ version, connections }: ConnectorWithConnections): Connection[] {
  return connections.map(connection => presentConnection(connection, version))
}

/** `uuid` repeats `id` (recorded: connector_answer). */
function presentConnection(connection: ConnectionRecord, client_version: string): Connection {
  return {
    colo_name: connection.colo_name,
    uuid: connection.id,
    id: connection.id,
    is_pending_reconnect: isPendingReconnect(connection),
    origin_ip: connection.origin_ip,
    opened_at: connection.opened_at,
    client_id: connection.client_id,
    client_version,
  }
}
