import type { Client } from '../../../schemas/client.ts'
import type { Connection } from '../../../schemas/connection.ts'
import type { ConnectionRecord, ConnectorWithConnections } from '../../../schemas/records.ts'
import { isPendingReconnect } from './rules.ts'

/**
 * `ha_status` is null (recorded: connector_answer), `config_version` absent below 1
 * (recorded: connector_config_version).
 */
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

export function presentConnections({ version, connections }: ConnectorWithConnections): Connection[] {
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
