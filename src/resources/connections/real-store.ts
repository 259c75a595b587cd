/** Writes which connectors are real. */
import type { ConnectorKind, TunnelKey } from '../../../schemas/records.ts'
import type { Database } from '../../store/database.ts'

const UPDATE =
  'UPDATE connectors SET kind = @kind WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id AND id = @id'

export function saveKind(db: Database, tunnel: TunnelKey, id: string, kind: ConnectorKind): void {
  db.run(UPDATE, { account_tag: tunnel.account_tag, tunnel_id: tunnel.id, id, kind })
}
