import type {
  ConnectionRecord,
  ConnectorRecord,
  ConnectorWithConnections,
  Moment,
  TunnelRecord,
} from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database } from '../../store/database.ts'

interface ConnectorRow {
  tunnel_id: string
  id: string
  version: string
  arch: string
  features: string
  run_at: string
  config_version: number | null
  colos: string
  origin_ip: string
  tunnel_secret: string
  reconnects: 0 | 1
  config_delay_ms: number | null
}

interface ConnectionRow extends ConnectionRecord {
  tunnel_id: string
}

/** The connectors of several tunnels, by tunnel id. */
export type ConnectorsByTunnel = ReadonlyMap<string, readonly ConnectorWithConnections[]>

const CONNECTOR = `tunnel_id, id, version, arch, features, run_at, config_version, colos, origin_ip, tunnel_secret,
  reconnects, config_delay_ms`
const CONNECTION = 'tunnel_id, client_id, id, colo_name, origin_ip, opened_at, lost_at, closed_at'

const ONE = `account_tag = ${boundParameter('@account_tag')} AND tunnel_id = ${boundParameter('@tunnel_id')}`
const MANY = `account_tag = ${boundParameter('@account_tag')}
  AND tunnel_id IN (SELECT value FROM json_each(@tunnel_ids))`
const TRACKED = `closed_at IS NULL AND (lost_at IS NULL OR lost_at > ${boundParameter('@tracked_since')})`

function connectors(where: string): string {
  return `SELECT ${CONNECTOR} FROM connectors WHERE ${where} ORDER BY run_at, rowid`
}

function connections(where: string): string {
  return `SELECT ${CONNECTION} FROM connections WHERE ${where} ORDER BY opened_at, rowid`
}

const OF_ONE = { connectors: connectors(ONE), connections: connections(`${ONE} AND ${TRACKED}`) }
const OF_MANY = { connectors: connectors(MANY), connections: connections(`${MANY} AND ${TRACKED}`) }
const SINGLE = {
  connectors: connectors(`${ONE} AND id = ${boundParameter('@id')}`),
  connections: connections(`${ONE} AND client_id = ${boundParameter('@id')} AND ${TRACKED}`),
}
const HISTORY = { connectors: connectors(ONE), connections: connections(ONE) }

const INSERT_CONNECTOR = `INSERT INTO connectors (account_tag, ${CONNECTOR})
  VALUES (@account_tag, @tunnel_id, @id, @version, @arch, @features, @run_at, @config_version, @colos, @origin_ip,
    @tunnel_secret, @reconnects, @config_delay_ms)`
const UPDATE_CONNECTOR = `UPDATE connectors
  SET config_version = @config_version, reconnects = @reconnects, config_delay_ms = @config_delay_ms
  WHERE ${ONE} AND id = @id`
const INSERT_CONNECTION = `INSERT INTO connections (account_tag, ${CONNECTION})
  VALUES (@account_tag, @tunnel_id, @client_id, @id, @colo_name, @origin_ip, @opened_at, @lost_at, @closed_at)`
const MARK_LOST = `UPDATE connections SET lost_at = @now WHERE ${ONE} AND client_id = @client_id AND id = @id`
const MARK_CLOSED = `UPDATE connections SET closed_at = @now WHERE ${ONE} AND client_id = @client_id AND id = @id`

/** Connectors that have a live connection or a pending reconnect, with those connections; oldest first. */
export function trackedConnectors(
  db: Database,
  tunnel: TunnelRecord,
  moment: Moment,
): readonly ConnectorWithConnections[] {
  const key = { ...keyOf(tunnel), ...moment }
  const open = db.all<ConnectionRow>(OF_ONE.connections, key)
  return open.length === 0 ? [] : join(db.all<ConnectorRow>(OF_ONE.connectors, key), open).filter(isConnected)
}

/** The same for several tunnels of one account, in two statements at most, whatever the number of tunnels. */
export function trackedConnectorsByTunnel(
  db: Database,
  account_tag: string,
  tunnels: readonly TunnelRecord[],
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

/** Every connector the tunnel ever had, with every connection of it. */
export function connectorHistory(db: Database, tunnel: TunnelRecord): readonly ConnectorWithConnections[] {
  const key = keyOf(tunnel)
  return join(db.all<ConnectorRow>(HISTORY.connectors, key), db.all<ConnectionRow>(HISTORY.connections, key))
}

/** A connector that the tunnel has or had, with those of its connections that are tracked now: none when it is gone. */
export function findConnector(
  db: Database,
  tunnel: TunnelRecord,
  id: string,
  moment: Moment,
): ConnectorWithConnections | undefined {
  const key = { ...keyOf(tunnel), id, ...moment }
  return join(db.all<ConnectorRow>(SINGLE.connectors, key), db.all<ConnectionRow>(SINGLE.connections, key))[0]
}

export function insertConnector(db: Database, tunnel: TunnelRecord, connector: ConnectorWithConnections): void {
  const { connections: opened, ...facts } = connector
  db.run(INSERT_CONNECTOR, { ...keyOf(tunnel), ...connectorRow(facts) })
  insertConnections(db, tunnel, opened)
}

/** Saves what can change in a connector: the configuration it took, and how it behaves. */
export function saveConnector(db: Database, tunnel: TunnelRecord, connector: ConnectorRecord): void {
  db.run(UPDATE_CONNECTOR, { ...keyOf(tunnel), ...connectorRow(connector) })
}

/** Adds connections to connectors that are known. */
export function insertConnections(db: Database, tunnel: TunnelRecord, opened: readonly ConnectionRecord[]): void {
  for (const connection of opened) db.run(INSERT_CONNECTION, { ...keyOf(tunnel), ...connection })
}

/** Lost connections stay tracked for a while. */
export function markLost(db: Database, tunnel: TunnelRecord, lost: readonly ConnectionRecord[], now: Timestamp): void {
  for (const { client_id, id } of lost) db.run(MARK_LOST, { ...keyOf(tunnel), client_id, id, now })
}

/** Closed connections are gone for good, at once (recorded: connection_closed). */
export function markClosed(
  db: Database,
  tunnel: TunnelRecord,
  closed: readonly ConnectionRecord[],
  now: Timestamp,
): void {
  for (const { client_id, id } of closed) db.run(MARK_CLOSED, { ...keyOf(tunnel), client_id, id, now })
}

function keyOf({ account_tag, id }: TunnelRecord) {
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

function connectorOf({ tunnel_id, features, colos, reconnects, ...row }: ConnectorRow): ConnectorRecord {
  return {
    ...row,
    features: JSON.parse(features),
    colos: JSON.parse(colos),
    reconnects: reconnects === 1,
  }
}

function connectorRow({ features, colos, reconnects, ...connector }: ConnectorRecord): Omit<ConnectorRow, 'tunnel_id'> {
  return {
    ...connector,
    features: JSON.stringify(features),
    colos: JSON.stringify(colos),
    reconnects: reconnects ? 1 : 0,
  }
}

function connectionOf({ tunnel_id, ...connection }: ConnectionRow): ConnectionRecord {
  return connection
}
