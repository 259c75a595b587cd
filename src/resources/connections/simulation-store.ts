/** Reads and writes the connector columns that only simulation, seeds and control plane use. */
import type {
  CompleteConnectorRecord,
  ConnectorKind,
  ConnectorSimulation,
  Moment,
  TunnelKey,
} from '../../../schemas/records.ts'
import type { Database, Reader } from '../../store/database.ts'
import { connectorHistory, connectorsSince, insertConnections, insertConnector } from './store.ts'

interface SimulationRow {
  id: string
  kind: ConnectorKind
  reconnects: 0 | 1
  config_delay_ms: number | null
}

const SELECT = 'SELECT id, kind, reconnects, config_delay_ms FROM connectors WHERE account_tag = ? AND tunnel_id = ?'
const UPDATE = `UPDATE connectors SET reconnects = @reconnects, config_delay_ms = @config_delay_ms
  WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id AND id = @id`

/** A simulated connector has its behaviour, a real one the delay of the edge. */
type KnownSimulation = ConnectorSimulation & { readonly kind: ConnectorKind }

const PASSIVE: KnownSimulation = { kind: 'simulated', reconnects: false, config_delay_ms: null }

export function findSimulation(db: Database, { account_tag, id }: TunnelKey, connectorId: string): KnownSimulation {
  const row = db.get<SimulationRow>(`${SELECT} AND id = ?`, account_tag, id, connectorId)
  return row ? simulationOf(row) : PASSIVE
}

export function saveSimulation(
  db: Database,
  { account_tag, id: tunnel_id }: TunnelKey,
  id: string,
  { reconnects, config_delay_ms }: ConnectorSimulation,
): void {
  db.run(UPDATE, { account_tag, tunnel_id, id, config_delay_ms, reconnects: reconnects ? 1 : 0 })
}

/**
 * Returns every connector that the tunnel ever had, with all its connections. `since`: without the
 * connections that were no longer tracked then, and connectors that have no other.
 */
export function completeConnectorHistory(
  db: Reader,
  tunnel: TunnelKey,
  since?: Moment,
): readonly CompleteConnectorRecord[] {
  const connectors = since ? connectorsSince(db, tunnel, since) : connectorHistory(db, tunnel)
  if (connectors.length === 0) return []
  const rows = db.all<SimulationRow>(SELECT, tunnel.account_tag, tunnel.id)
  const simulations = new Map(rows.map(row => [row.id, simulationOf(row)]))
  return connectors.map(({ features, colos, connections, ...connector }) => {
    const { config_delay_ms, reconnects } = simulations.get(connector.id) ?? PASSIVE
    return { ...connector, config_delay_ms, reconnects, features, colos, connections }
  })
}

export function insertCompleteConnector(db: Database, tunnel: TunnelKey, connector: CompleteConnectorRecord): void {
  insertConnector(db, tunnel, connector)
  saveSimulation(db, tunnel, connector.id, connector)
  insertConnections(db, tunnel, connector.connections)
}

function simulationOf({ kind, reconnects, config_delay_ms }: SimulationRow): KnownSimulation {
  return { kind, reconnects: reconnects === 1, config_delay_ms }
}
