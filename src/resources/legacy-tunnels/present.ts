import type { ArgoConnection, ArgoTunnel } from '../../../schemas/argo-tunnel.ts'
import type { ConnectionRecord, ConnectorWithConnections, TunnelRecord } from '../../../schemas/records.ts'
import { isPendingReconnect } from '../connections/rules.ts'

/** Has fewer keys than a current tunnel, and always `connections` (documented: argo_answer). */
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
