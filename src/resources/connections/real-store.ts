/** Reads and writes which connectors are real. */
import type { ConnectorKind, TunnelKey } from '../../../schemas/records.ts'
import type { Database } from '../../store/database.ts'

const SELECT_TUNNELS = `SELECT DISTINCT account_tag, tunnel_id AS id FROM connectors INDEXED BY real_connectors
  WHERE kind = 'real'`
const FIND_CONNECTION = 'SELECT 1 FROM connections WHERE account_tag = ? AND tunnel_id = ? AND client_id = ? AND id = ?'
const FIND_LIVE_CONNECTION = `${FIND_CONNECTION} AND lost_at IS NULL AND closed_at IS NULL`
const UPDATE =
  'UPDATE connectors SET kind = @kind WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id AND id = @id'

/** Returns the tunnels that a real connector ever connected to. Fast if there are none. */
export function tunnelsWithRealConnector(db: Database): readonly TunnelKey[] {
  return db.all<TunnelKey>(SELECT_TUNNELS)
}

/** Whether a connection with this id was ever opened. */
export function isKnownConnection(db: Database, tunnel: TunnelKey, client_id: string, id: string): boolean {
  return db.value(FIND_CONNECTION, tunnel.account_tag, tunnel.id, client_id, id) !== undefined
}

/** Whether a connection with this id is live. */
export function isLiveConnection(db: Database, tunnel: TunnelKey, client_id: string, id: string): boolean {
  return db.value(FIND_LIVE_CONNECTION, tunnel.account_tag, tunnel.id, client_id, id) !== undefined
}

export function saveKind(db: Database, tunnel: TunnelKey, id: string, kind: ConnectorKind): void {
  db.run(UPDATE, { account_tag: tunnel.account_tag, tunnel_id: tunnel.id, id, kind })
}

/** Makes every real connector a simulated one with the same connections. */
export function simulateRealConnectors(db: Database): void {
  if (tunnelsWithRealConnector(db).length === 0) return

  db.run('UPDATE connections SET conn_index = NULL WHERE conn_index IS NOT NULL')
  db.run("UPDATE connectors SET kind = 'simulated' WHERE kind = 'real'")
}
