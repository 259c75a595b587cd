import type {
  ConnectionRecord,
  ConnectorRecord,
  ConnectorWithConnections,
  Moment,
  TunnelRecord,
} from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import type { Database } from './database.ts'

interface ConnectorRow {
  id: string
  version: string
  arch: string
  features: string
  run_at: string
  config_version: number | null
}

/** A connection joined with its connector, and the tunnel they serve. */
interface JoinedRow extends ConnectorRow {
  tunnel_id: string
  client_id: string
  colo_name: string
  origin_ip: string
  opened_at: string
  lost_at: string | null
  closed_at: string | null
}

/** The connectors of several tunnels, by tunnel id. */
export type ConnectorsByTunnel = ReadonlyMap<string, readonly ConnectorWithConnections[]>

const TRACKED = `
  SELECT c.tunnel_id, c.client_id, k.version, k.arch, k.features, k.run_at, k.config_version,
    c.id, c.colo_name, c.origin_ip, c.opened_at, c.lost_at, c.closed_at
  FROM connections c JOIN connectors k ON k.account_tag = c.account_tag AND k.tunnel_id = c.tunnel_id AND k.id = c.client_id
  WHERE c.account_tag = @account_tag AND c.closed_at IS NULL AND (c.lost_at IS NULL OR c.lost_at > @tracked_since)`
const OLDEST_FIRST = 'ORDER BY k.run_at, k.id, c.opened_at, c.rowid'

export const connectorStore = (db: Database) => {
  const trackedOfOne = db.prepare<[object], JoinedRow>(`${TRACKED} AND c.tunnel_id = @tunnel_id ${OLDEST_FIRST}`)
  const trackedOfMany = db.prepare<[object], JoinedRow>(
    `${TRACKED} AND c.tunnel_id IN (SELECT value FROM json_each(@tunnel_ids)) ${OLDEST_FIRST}`,
  )
  const find = db.prepare<[object], ConnectorRow>(
    `SELECT id, version, arch, features, run_at, config_version FROM connectors
     WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id AND id = @id`,
  )
  const trackedOfConnector = db.prepare<[object], JoinedRow>(
    `${TRACKED} AND c.tunnel_id = @tunnel_id AND c.client_id = @id ${OLDEST_FIRST}`,
  )
  const insertConnector = db.prepare<[object]>(
    `INSERT INTO connectors (account_tag, tunnel_id, id, version, arch, features, run_at, config_version)
     VALUES (@account_tag, @tunnel_id, @id, @version, @arch, @features, @run_at, @config_version)`,
  )
  const insertConnection = db.prepare<[object]>(
    `INSERT INTO connections (account_tag, tunnel_id, client_id, id, colo_name, origin_ip, opened_at, lost_at, closed_at)
     VALUES (@account_tag, @tunnel_id, @client_id, @id, @colo_name, @origin_ip, @opened_at, @lost_at, @closed_at)`,
  )
  const close = db.prepare<[object]>(
    `UPDATE connections SET closed_at = @now WHERE account_tag = @account_tag AND tunnel_id = @tunnel_id
       AND client_id = @client_id AND id = @id`,
  )

  return {
    /** Connectors that have a live connection or one waiting for a reconnect, with those connections; oldest first. */
    tracked: ({ account_tag, id }: TunnelRecord, moment: Moment): readonly ConnectorWithConnections[] =>
      byTunnel(trackedOfOne.all({ account_tag, tunnel_id: id, ...moment })).get(id) ?? [],

    /** The same for several tunnels of one account, in one statement. */
    trackedOfMany: (account_tag: string, tunnels: readonly TunnelRecord[], moment: Moment): ConnectorsByTunnel => {
      const tunnel_ids = JSON.stringify(tunnels.map(({ id }) => id))
      return byTunnel(trackedOfMany.all({ account_tag, tunnel_ids, ...moment }))
    },

    /** A connector that the tunnel has or had, with the connections of it that are tracked now: none, when it is gone. */
    find: (tunnel: TunnelRecord, id: string, moment: Moment): ConnectorWithConnections | undefined => {
      const key = { account_tag: tunnel.account_tag, tunnel_id: tunnel.id, id }
      const row = find.get(key)
      return (
        row && { ...connectorOf(row), connections: trackedOfConnector.all({ ...key, ...moment }).map(connectionOf) }
      )
    },

    insert: ({ account_tag, id }: TunnelRecord, { connections, ...connector }: ConnectorWithConnections): void => {
      const owner = { account_tag, tunnel_id: id }
      insertConnector.run({ ...owner, ...connector, features: JSON.stringify(connector.features) })
      for (const connection of connections) insertConnection.run({ ...owner, ...connection })
    },

    /** Ends connections for good. */
    close: ({ account_tag, id }: TunnelRecord, connections: readonly ConnectionRecord[], now: Timestamp): void => {
      for (const connection of connections) {
        close.run({ account_tag, tunnel_id: id, client_id: connection.client_id, id: connection.id, now })
      }
    },
  }
}

const byTunnel = (rows: readonly JoinedRow[]): ConnectorsByTunnel => {
  const tunnels = Map.groupBy(rows, row => row.tunnel_id)
  return new Map([...tunnels].map(([id, ofTunnel]) => [id, connectorsOf(ofTunnel)]))
}

const connectorsOf = (rows: readonly JoinedRow[]): readonly ConnectorWithConnections[] =>
  [...Map.groupBy(rows, row => row.client_id).values()].flatMap(ofConnector => {
    const [first] = ofConnector
    return first
      ? [{ ...connectorOf({ ...first, id: first.client_id }), connections: ofConnector.map(connectionOf) }]
      : []
  })

const connectorOf = ({ id, version, arch, features, run_at, config_version }: ConnectorRow): ConnectorRecord => ({
  id,
  version,
  arch,
  features: JSON.parse(features),
  run_at,
  config_version,
})

const connectionOf = (row: JoinedRow): ConnectionRecord => {
  const { id, client_id, colo_name, origin_ip, opened_at, lost_at, closed_at } = row
  return { id, client_id, colo_name, origin_ip, opened_at, lost_at, closed_at }
}
