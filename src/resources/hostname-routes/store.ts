import type { HostnameRouteRecord } from '../../../schemas/hostname-route.ts'
import type { TunnelKey } from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { Database, Reader } from '../../store/database.ts'

export const HOSTNAME_ROUTE_MIGRATIONS = [
  `CREATE TABLE hostname_routes (
    account_id TEXT NOT NULL,
    id TEXT NOT NULL,
    hostname TEXT NOT NULL COLLATE NOCASE,
    tunnel_id TEXT NOT NULL,
    comment TEXT NOT NULL,
    created_at TEXT NOT NULL,
    deleted_at TEXT,
    PRIMARY KEY (account_id, id)
  ) STRICT;
  CREATE UNIQUE INDEX live_hostnames ON hostname_routes (account_id, hostname) WHERE deleted_at IS NULL;
  CREATE INDEX live_hostnames_of_tunnel ON hostname_routes (account_id, tunnel_id) WHERE deleted_at IS NULL`,
]

/** A hostname route with the name of its tunnel. */
export type NamedHostnameRoute = HostnameRouteRecord & { readonly tunnel_name: string }

const SELECT = `SELECT r.*, t.name AS tunnel_name FROM hostname_routes r
  JOIN tunnels t ON t.account_tag = r.account_id AND t.id = r.tunnel_id`

/**
 * The hostname routes of an account, deleted or not, newest first (assumed: hostname_route_order).
 */
export function hostnameRoutesOf(db: Database, account_id: string): readonly NamedHostnameRoute[] {
  return db.all<NamedHostnameRoute>(
    `${SELECT} WHERE r.account_id = ? ORDER BY r.created_at DESC, r.rowid DESC`,
    account_id,
  )
}

/** The hostname routes of all accounts, oldest first. */
export function allHostnameRoutes(db: Reader): readonly HostnameRouteRecord[] {
  return db.all<HostnameRouteRecord>('SELECT * FROM hostname_routes ORDER BY created_at, rowid')
}

/** Finds a hostname route that is not deleted. */
export function findLiveHostnameRoute(db: Database, account_id: string, id: string): NamedHostnameRoute | undefined {
  return db.get<NamedHostnameRoute>(
    `${SELECT} WHERE r.account_id = ? AND r.id = ? AND r.deleted_at IS NULL`,
    account_id,
    id,
  )
}

/** Whether no other live hostname route of the account has this hostname. */
export function isHostnameFree(db: Database, { account_id, hostname, id }: HostnameRouteRecord): boolean {
  return (
    db.value<number>(
      'SELECT count(*) FROM hostname_routes WHERE account_id = ? AND hostname = ? AND deleted_at IS NULL AND id <> ?',
      account_id,
      hostname,
      id,
    ) === 0
  )
}

export function liveHostnameRoutesOfTunnel(
  db: Database,
  { account_tag, id }: TunnelKey,
): readonly HostnameRouteRecord[] {
  return db.all<HostnameRouteRecord>(
    'SELECT * FROM hostname_routes WHERE account_id = ? AND tunnel_id = ? AND deleted_at IS NULL ORDER BY rowid',
    account_tag,
    id,
  )
}

/** Inserts a hostname route, or replaces what is stored of it. */
export function saveHostnameRoute(db: Database, route: HostnameRouteRecord): void {
  db.run(
    `INSERT INTO hostname_routes (account_id, id, hostname, tunnel_id, comment, created_at, deleted_at)
      VALUES (@account_id, @id, @hostname, @tunnel_id, @comment, @created_at, @deleted_at)
      ON CONFLICT (account_id, id) DO UPDATE SET hostname = @hostname, tunnel_id = @tunnel_id,
        comment = @comment, deleted_at = @deleted_at`,
    route,
  )
}

/** The latest time in any hostname route. */
export function lastHostnameRouteChange(db: Database): Timestamp | undefined {
  return (
    db.value<Timestamp | null>("SELECT max(max(created_at, ifnull(deleted_at, ''))) FROM hostname_routes") ?? undefined
  )
}
