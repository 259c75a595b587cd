import type {
  ConnectionRecord,
  ConnectorKind,
  ConnectorRecord,
  ConnectorWithConnections,
  Moment,
  TunnelKey,
} from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database, Reader } from '../../store/database.ts'

interface ConnectorRow {
  tunnel_id: string
  id: string
  kind: ConnectorKind
  version: string
  arch: string
  features: string
  run_at: string
  config_version: number | null
  colos: string
  origin_ip: string
  tunnel_secret: string
}

interface ConnectionRow extends ConnectionRecord {
  tunnel_id: string
}

/** Connectors by tunnel id. */
export type ConnectorsByTunnel = ReadonlyMap<string, readonly ConnectorWithConnections[]>

const CONNECTOR =
  'tunnel_id, id, kind, version, arch, features, run_at, config_version, colos, origin_ip, tunnel_secret'
const CONNECTION = 'tunnel_id, client_id, id, conn_index, colo_name, origin_ip, opened_at, lost_at, closed_at'

const ONE = `account_tag = ${boundParameter('@account_tag')} AND tunnel_id = ${boundParameter('@tunnel_id')}`
const MANY = `account_tag = ${boundParameter('@account_tag')}
  AND tunnel_id IN (SELECT value FROM json_each(@tunnel_ids))`

/**
 * Whether a lost connection is still tracked: `isTrackedLoss` of the rules, in SQL.
 */
export const IS_TRACKED_LOSS = `closed_at IS NULL AND lost_at > ${boundParameter('@tracked_since')}`
export const IS_TRACKED = `closed_at IS NULL AND (lost_at IS NULL OR ${IS_TRACKED_LOSS})`

function connectors(where: string): string {
  return `SELECT ${CONNECTOR} FROM connectors WHERE ${where} ORDER BY run_at, rowid`
}

function connections(where: string): string {
  return `SELECT ${CONNECTION} FROM connections WHERE ${where} ORDER BY opened_at, rowid`
}

const OF_ONE = { connectors: connectors(ONE), connections: connections(`${ONE} AND ${IS_TRACKED}`) }
const OF_MANY = { connectors: connectors(MANY), connections: connections(`${MANY} AND ${IS_TRACKED}`) }
const SINGLE = {
  connectors: connectors(`${ONE} AND id = ${boundParameter('@id')}`),
  connections: connections(`${ONE} AND client_id = ${boundParameter('@id')} AND ${IS_TRACKED}`),
}
const HISTORY = { connectors: connectors(ONE), connections: connections(ONE) }
const SINCE = connections(`${ONE} AND (closed_at > ${boundParameter('@now')} OR ${IS_TRACKED})`)

/** Sets the simulation columns to the values of a connector that is not simulated. */
const INSERT_CONNECTOR = `INSERT INTO connectors (account_tag, ${CONNECTOR}, reconnects)
  VALUES (@account_tag, @tunnel_id, @id, @kind, @version, @arch, @features, @run_at, @config_version, @colos, @origin_ip,
    @tunnel_secret, 0)
  ON CONFLICT DO NOTHING`
const INSERT_CONNECTION = `INSERT INTO connections (account_tag, ${CONNECTION})
  VALUES (@account_tag, @tunnel_id, @client_id, @id, @conn_index, @colo_name, @origin_ip, @opened_at, @lost_at, @closed_at)`
const MARK_LOST = `UPDATE connections SET lost_at = @now WHERE ${ONE} AND client_id = @client_id AND id = @id`
const MARK_CLOSED = `UPDATE connections SET closed_at = @now WHERE ${ONE} AND client_id = @client_id AND id = @id`

/**
 * Stores the count of `connectivityOf` with the tunnel, in the transaction that writes
 * connections. Without it, a status filter would have to read the connections of every
 * tunnel.
 */
const COUNT_LIVE = `UPDATE tunnels SET fewest_live = CASE
    WHEN NOT EXISTS (SELECT 1 FROM connections WHERE ${ONE}) THEN -1
    ELSE ifnull((SELECT min(live) FROM (
      SELECT count(*) AS live FROM connections WHERE ${ONE} AND closed_at IS NULL AND lost_at IS NULL
      GROUP BY client_id)), 0)
  END
  WHERE account_tag = @account_tag AND id = @tunnel_id`

const TRACKED_LOSSES = `SELECT t.account_tag, t.id, c.client_id, c.lost_at, count(*) AS connections
  FROM connections c JOIN tunnels t ON t.account_tag = c.account_tag AND t.id = c.tunnel_id
  WHERE ${IS_TRACKED_LOSS}
  GROUP BY t.rowid, c.client_id, c.lost_at
  ORDER BY t.rowid`

/** Connections that a connector lost together. */
interface Loss extends TunnelKey {
  readonly client_id: string
  readonly lost_at: Timestamp
  readonly connections: number
}

/**
 * Returns connectors with their live and pending connections, oldest first.
 */
export function trackedConnectors(
  db: Database,
  tunnel: TunnelKey,
  moment: Moment,
): readonly ConnectorWithConnections[] {
  const key = { ...keyOf(tunnel), ...moment }
  const open = db.all<ConnectionRow>(OF_ONE.connections, key)
  return open.length === 0 ? [] : join(db.all<ConnectorRow>(OF_ONE.connectors, key), open).filter(isConnected)
}

/** Returns live and pending connections, grouped by connector. */
export function trackedConnections(db: Database, tunnel: TunnelKey, moment: Moment): readonly ConnectionRecord[] {
  return trackedConnectors(db, tunnel, moment).flatMap(connector => connector.connections)
}

/**
 * Returns the tracked connectors of several tunnels with at most two statements.
 */
export function trackedConnectorsByTunnel(
  db: Database,
  account_tag: string,
  tunnels: readonly TunnelKey[],
  moment: Moment,
): ConnectorsByTunnel {
  if (tunnels.length === 0) return new Map()

  const key = { account_tag, tunnel_ids: JSON.stringify(tunnels.map(({ id }) => id)), ...moment }
  const open = db.all<ConnectionRow>(OF_MANY.connections, key)
  if (open.length === 0) return new Map()

  const ofTunnels = Map.groupBy(open, row => row.tunnel_id)
  const owners = Map.groupBy(db.all<ConnectorRow>(OF_MANY.connectors, key), row => row.tunnel_id)
  return new Map([...owners].map(([id, rows]) => [id, join(rows, ofTunnels.get(id) ?? []).filter(isConnected)]))
}

/** Returns every connector that the tunnel ever had, with all its connections. */
export function connectorHistory(db: Reader, tunnel: TunnelKey): readonly ConnectorWithConnections[] {
  const key = keyOf(tunnel)
  return join(db.all<ConnectorRow>(HISTORY.connectors, key), db.all<ConnectionRow>(HISTORY.connections, key))
}

/** Like `connectorHistory`, without connections that were no longer tracked at a moment. */
export function connectorsSince(db: Reader, tunnel: TunnelKey, moment: Moment): readonly ConnectorWithConnections[] {
  const key = { ...keyOf(tunnel), ...moment }
  const rows = db.all<ConnectionRow>(SINCE, key)
  return rows.length === 0 ? [] : join(db.all<ConnectorRow>(HISTORY.connectors, key), rows).filter(isConnected)
}

/**
 * Finds a current or former connector with its tracked connections. A former one has none.
 */
export function findConnector(
  db: Database,
  tunnel: TunnelKey,
  id: string,
  moment: Moment,
): ConnectorWithConnections | undefined {
  const key = { ...keyOf(tunnel), id, ...moment }
  return join(db.all<ConnectorRow>(SINGLE.connectors, key), db.all<ConnectionRow>(SINGLE.connections, key))[0]
}

/** Returns the lost connections that are still tracked, together where they were lost together. */
export function trackedLosses(db: Database, moment: Moment): readonly Loss[] {
  return db.all(TRACKED_LOSSES, moment)
}

/** Does nothing if the tunnel has a connector with this id. */
export function insertConnector(db: Database, tunnel: TunnelKey, connector: ConnectorRecord): void {
  const texts = { features: JSON.stringify(connector.features), colos: JSON.stringify(connector.colos) }
  db.run(INSERT_CONNECTOR, { ...connector, ...keyOf(tunnel), ...texts })
}

export function saveConfigVersion(db: Database, tunnel: TunnelKey, id: string, version: number): void {
  db.run(`UPDATE connectors SET config_version = @version WHERE ${ONE} AND id = @id`, { ...keyOf(tunnel), id, version })
}

/** The connectors must exist. */
export function insertConnections(db: Database, tunnel: TunnelKey, opened: readonly ConnectionRecord[]): void {
  for (const connection of opened) db.run(INSERT_CONNECTION, { ...keyOf(tunnel), ...connection })
  countLive(db, tunnel)
}

/** Lost connections stay tracked for a while. */
export function markLost(db: Database, tunnel: TunnelKey, lost: readonly ConnectionRecord[], now: Timestamp): void {
  for (const { client_id, id } of lost) db.run(MARK_LOST, { ...keyOf(tunnel), client_id, id, now })
  countLive(db, tunnel)
}

/** Closed connections disappear at once (recorded: connection_closed). */
export function markClosed(db: Database, tunnel: TunnelKey, closed: readonly ConnectionRecord[], now: Timestamp): void {
  for (const { client_id, id } of closed) db.run(MARK_CLOSED, { ...keyOf(tunnel), client_id, id, now })
  countLive(db, tunnel)
}

function countLive(db: Database, tunnel: TunnelKey): void {
  db.run(COUNT_LIVE, keyOf(tunnel))
}

function keyOf({ account_tag, id }: TunnelKey) {
  return { account_tag, tunnel_id: id }
}

function isConnected({ connections }: ConnectorWithConnections): boolean {
  return connections.length > 0
}

function join(
  connectorRows: readonly ConnectorRow[],
  connectionRows: readonly ConnectionRow[],
): readonly ConnectorWithConnections[] {
  const byConnector = Map.groupBy(connectionRows, row => row.client_id)
  return connectorRows.map(row => ({
    ...connectorOf(row),
    connections: (byConnector.get(row.id) ?? []).map(connectionOf),
  }))
}

function connectorOf({ tunnel_id, features, colos, ...row }: ConnectorRow): ConnectorRecord {
  return { ...row, features: JSON.parse(features), colos: JSON.parse(colos) }
}

function connectionOf({ tunnel_id, ...connection }: ConnectionRow): ConnectionRecord {
  return connection
}
