import type { RouteRecord } from '../../../schemas/network-route.ts'
import type { TunnelKey } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import type { Database, Reader } from '../../store/database.ts'

export const NETWORK_MIGRATIONS = [
  `CREATE TABLE virtual_networks (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    is_default_network INTEGER NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE UNIQUE INDEX default_networks ON virtual_networks (account_id) WHERE is_default_network = 1;

  CREATE TABLE network_routes (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    network TEXT NOT NULL,
    tunnel_id TEXT NOT NULL,
    virtual_network_id TEXT NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE UNIQUE INDEX live_routes ON network_routes (account_id, virtual_network_id, network)
    WHERE deleted_at IS NULL;
  CREATE INDEX live_routes_of_tunnel ON network_routes (account_id, tunnel_id) WHERE deleted_at IS NULL`,
]

type NetworkRow = Omit<VirtualNetworkRecord, 'is_default_network'> & { is_default_network: 0 | 1 }

/** The stored virtual networks of an account, newest first. */
export function storedNetworks(db: Database, account_id: string): readonly VirtualNetworkRecord[] {
  return db
    .all<NetworkRow>(
      'SELECT * FROM virtual_networks WHERE account_id = ? ORDER BY created_at DESC, rowid DESC',
      account_id,
    )
    .map(networkOf)
}

/** The stored virtual networks of all accounts, oldest first. */
export function allStoredNetworks(db: Reader): readonly VirtualNetworkRecord[] {
  return db.all<NetworkRow>('SELECT * FROM virtual_networks ORDER BY created_at, rowid').map(networkOf)
}

/** Inserts a virtual network, or replaces what is stored of it. */
export function saveNetwork(db: Database, network: VirtualNetworkRecord): void {
  db.run(
    `INSERT INTO virtual_networks (account_id, id, name, is_default_network, comment, created_at, deleted_at)
      VALUES (@account_id, @id, @name, @is_default_network, @comment, @created_at, @deleted_at)
      ON CONFLICT (account_id, id) DO UPDATE SET name = @name, is_default_network = @is_default_network,
        comment = @comment, deleted_at = @deleted_at`,
    { ...network, is_default_network: Number(network.is_default_network) },
  )
}

/** The accounts that have a virtual network, since each account with a tunnel has a default one. */
export function accountsWithNetworks(db: Database): readonly string[] {
  return db
    .all<{ id: string }>(
      'SELECT account_tag AS id FROM tunnels UNION SELECT account_id FROM virtual_networks ORDER BY 1',
    )
    .map(({ id }) => id)
}

/** When the account got its first tunnel; undefined if it never had one. */
export function firstTunnelAt(db: Database, account_id: string): Timestamp | undefined {
  return (
    db.value<Timestamp | null>('SELECT min(created_at) FROM tunnels WHERE account_tag = ?', account_id) ?? undefined
  )
}

/** A route with the name of its tunnel. */
export type NamedRoute = RouteRecord & { readonly tunnel_name: string }

/** The routes of an account, deleted or not, newest first (recorded: network_order). */
export function routesOf(db: Database, account_id: string): readonly NamedRoute[] {
  return db.all<NamedRoute>(
    `SELECT r.*, t.name AS tunnel_name FROM network_routes r
      JOIN tunnels t ON t.account_tag = r.account_id AND t.id = r.tunnel_id
      WHERE r.account_id = ? ORDER BY r.created_at DESC, r.rowid DESC`,
    account_id,
  )
}

/** The routes of all accounts, oldest first. */
export function allRoutes(db: Reader): readonly RouteRecord[] {
  return db.all<RouteRecord>('SELECT * FROM network_routes ORDER BY created_at, rowid')
}

/** Finds a route that is not deleted. */
export function findLiveRoute(db: Database, account_id: string, id: string): RouteRecord | undefined {
  return db.get<RouteRecord>(
    'SELECT * FROM network_routes WHERE account_id = ? AND id = ? AND deleted_at IS NULL',
    account_id,
    id,
  )
}

/** Finds the live route to exactly this network. */
export function findRouteTo(
  db: Database,
  { account_id, virtual_network_id, network }: Pick<RouteRecord, 'account_id' | 'virtual_network_id' | 'network'>,
): RouteRecord | undefined {
  return db.get<RouteRecord>(
    `SELECT * FROM network_routes
      WHERE account_id = ? AND virtual_network_id = ? AND network = ? AND deleted_at IS NULL`,
    account_id,
    virtual_network_id,
    network,
  )
}

export function liveRoutesOfTunnel(db: Database, { account_tag, id }: TunnelKey): readonly RouteRecord[] {
  return db.all<RouteRecord>(
    'SELECT * FROM network_routes WHERE account_id = ? AND tunnel_id = ? AND deleted_at IS NULL ORDER BY rowid',
    account_tag,
    id,
  )
}

export function liveRoutesOfNetwork(db: Database, { account_id, id }: VirtualNetworkRecord): readonly RouteRecord[] {
  return db.all<RouteRecord>(
    'SELECT * FROM network_routes WHERE account_id = ? AND virtual_network_id = ? AND deleted_at IS NULL ORDER BY rowid',
    account_id,
    id,
  )
}

/** Inserts a route, or replaces what is stored of it. */
export function saveRoute(db: Database, route: RouteRecord): void {
  db.run(
    `INSERT INTO network_routes
      (account_id, id, network, tunnel_id, virtual_network_id, comment, created_at, deleted_at)
      VALUES (@account_id, @id, @network, @tunnel_id, @virtual_network_id, @comment, @created_at, @deleted_at)
      ON CONFLICT (account_id, id) DO UPDATE SET network = @network, tunnel_id = @tunnel_id,
        virtual_network_id = @virtual_network_id, comment = @comment, deleted_at = @deleted_at`,
    route,
  )
}

const LAST_CHANGE = `SELECT max(time) FROM (
  SELECT max(created_at, ifnull(deleted_at, '')) AS time FROM virtual_networks
  UNION ALL SELECT max(created_at, ifnull(deleted_at, '')) FROM network_routes)`

/** The latest time in any virtual network or route. */
export function lastNetworkChange(db: Database): Timestamp | undefined {
  return db.value<Timestamp | null>(LAST_CHANGE) ?? undefined
}

function networkOf(row: NetworkRow): VirtualNetworkRecord {
  return { ...row, is_default_network: row.is_default_network === 1 }
}
