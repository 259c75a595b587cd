import type {
  ConnectionRecord,
  ConnectorRecord,
  ConnectorWithConnections,
  Moment,
  TunnelRecord,
} from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Database } from '../../store/database.ts'
import { given, statement } from '../../store/statement.ts'

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

const ONE = `account_tag = ${given('@account_tag')} AND tunnel_id = ${given('@tunnel_id')}`
const MANY = `account_tag = ${given('@account_tag')} AND tunnel_id IN (SELECT value FROM json_each(@tunnel_ids))`
const TRACKED = `closed_at IS NULL AND (lost_at IS NULL OR lost_at > ${given('@tracked_since')})`

export function connectorStore(db: Database) {
  const connectors = (where: string) =>
    statement<[object], ConnectorRow>(db, `SELECT ${CONNECTOR} FROM connectors WHERE ${where} ORDER BY run_at, rowid`)
  const connections = (where: string) =>
    statement<[object], ConnectionRow>(
      db,
      `SELECT ${CONNECTION} FROM connections WHERE ${where} ORDER BY opened_at, rowid`,
    )

  const ofOne = { connectors: connectors(ONE), connections: connections(`${ONE} AND ${TRACKED}`) }
  const ofMany = { connectors: connectors(MANY), connections: connections(`${MANY} AND ${TRACKED}`) }
  const single = {
    connectors: connectors(`${ONE} AND id = ${given('@id')}`),
    connections: connections(`${ONE} AND client_id = ${given('@id')} AND ${TRACKED}`),
  }
  const history = { connectors: connectors(ONE), connections: connections(ONE) }

  const insertConnector = statement<[object]>(
    db,
    `INSERT INTO connectors (account_tag, ${CONNECTOR})
     VALUES (@account_tag, @tunnel_id, @id, @version, @arch, @features, @run_at, @config_version, @colos, @origin_ip,
       @tunnel_secret, @reconnects, @config_delay_ms)`,
  )
  const updateConnector = statement<[object]>(
    db,
    `UPDATE connectors SET config_version = @config_version, reconnects = @reconnects, config_delay_ms = @config_delay_ms
     WHERE ${ONE} AND id = @id`,
  )
  const insertConnection = statement<[object]>(
    db,
    `INSERT INTO connections (account_tag, ${CONNECTION})
     VALUES (@account_tag, @tunnel_id, @client_id, @id, @colo_name, @origin_ip, @opened_at, @lost_at, @closed_at)`,
  )
  const end = (column: 'lost_at' | 'closed_at') =>
    statement<[object]>(
      db,
      `UPDATE connections SET ${column} = @now WHERE ${ONE} AND client_id = @client_id AND id = @id`,
    )
  const [lose, close] = [end('lost_at'), end('closed_at')]

  const open = (tunnel: TunnelRecord, opened: readonly ConnectionRecord[]): void => {
    for (const connection of opened) insertConnection.run({ ...keyOf(tunnel), ...connection })
  }

  return {
    /** Connectors that have a live connection or one waiting for a reconnect, with those connections; oldest first. */
    tracked: (tunnel: TunnelRecord, moment: Moment): readonly ConnectorWithConnections[] => {
      const key = { ...keyOf(tunnel), ...moment }
      const open = ofOne.connections.all(key)
      return open.length === 0 ? [] : joined(ofOne.connectors.all(key), open).filter(isConnected)
    },

    /** The same for several tunnels of one account, in two statements at most, whatever their number; of none, in none. */
    trackedOfMany: (account_tag: string, tunnels: readonly TunnelRecord[], moment: Moment): ConnectorsByTunnel => {
      if (tunnels.length === 0) return new Map()

      const key = { account_tag, tunnel_ids: JSON.stringify(tunnels.map(({ id }) => id)), ...moment }
      const open = ofMany.connections.all(key)
      if (open.length === 0) return new Map()

      const ofTunnels = Map.groupBy(open, row => row.tunnel_id)
      const owners = Map.groupBy(ofMany.connectors.all(key), row => row.tunnel_id)
      return new Map([...owners].map(([id, rows]) => [id, joined(rows, ofTunnels.get(id) ?? []).filter(isConnected)]))
    },

    /** Every connector the tunnel ever had, with every connection of it. */
    history: (tunnel: TunnelRecord): readonly ConnectorWithConnections[] => {
      const key = keyOf(tunnel)
      return joined(history.connectors.all(key), history.connections.all(key))
    },

    /** A connector that the tunnel has or had, with the connections of it that are tracked now: none, when it is gone. */
    find: (tunnel: TunnelRecord, id: string, moment: Moment): ConnectorWithConnections | undefined => {
      const key = { ...keyOf(tunnel), id, ...moment }
      return joined(single.connectors.all(key), single.connections.all(key))[0]
    },

    insert: (tunnel: TunnelRecord, { connections: opened, ...connector }: ConnectorWithConnections): void => {
      insertConnector.run({ ...keyOf(tunnel), ...connectorRow(connector) })
      open(tunnel, opened)
    },

    /** Saves what of a connector may change: the configuration it took, and how it behaves. */
    update: (tunnel: TunnelRecord, connector: ConnectorRecord): void => {
      updateConnector.run({ ...keyOf(tunnel), ...connectorRow(connector) })
    },

    /** Adds connections to connectors that are known. */
    open,

    /** Breaks connections; they are tracked on. */
    lose: (tunnel: TunnelRecord, lost: readonly ConnectionRecord[], now: Timestamp): void => {
      for (const { client_id, id } of lost) lose.run({ ...keyOf(tunnel), client_id, id, now })
    },

    /** Ends connections for good, at once (recorded: connection_closed). */
    close: (tunnel: TunnelRecord, closed: readonly ConnectionRecord[], now: Timestamp): void => {
      for (const { client_id, id } of closed) close.run({ ...keyOf(tunnel), client_id, id, now })
    },
  }
}

function keyOf({ account_tag, id }: TunnelRecord) {
  return { account_tag, tunnel_id: id }
}

function isConnected({ connections }: ConnectorWithConnections): boolean {
  return connections.length > 0
}

function joined(
  connectors: readonly ConnectorRow[],
  connections: readonly ConnectionRow[],
): readonly ConnectorWithConnections[] {
  const ofConnectors = Map.groupBy(connections, row => row.client_id)
  return connectors.map(row => ({
    ...connectorOf(row),
    connections: (ofConnectors.get(row.id) ?? []).map(connectionOf),
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
