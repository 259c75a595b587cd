import type {
  HostnameRouteCreate,
  HostnameRouteListQuery,
  HostnameRouteRecord,
  HostnameRouteUpdate,
} from '../../../schemas/hostname-route.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { existedAt, passesDeletion } from '../network-list.ts'
import { HOSTNAME_ROUTE_ERRORS } from './errors.ts'

/** (assumed: hostname_route_form) */
export function createHostnameRoute(
  { hostname, tunnel_id, comment = '' }: HostnameRouteCreate,
  { account_id, id, now }: { readonly account_id: string; readonly id: string; readonly now: Timestamp },
): HostnameRouteRecord {
  return { account_id, id, hostname, tunnel_id: tunnel_id.toLowerCase(), comment, created_at: now, deleted_at: null }
}

/** (client: hostname_route_change) */
export function updateHostnameRoute(route: HostnameRouteRecord, change: HostnameRouteUpdate): HostnameRouteRecord {
  return {
    ...route,
    hostname: change.hostname ?? route.hostname,
    tunnel_id: change.tunnel_id?.toLowerCase() ?? route.tunnel_id,
    comment: change.comment ?? route.comment,
  }
}

/** A deleted route is as unknown as one that never was (client: hostname_route_gone). */
export function requireHostnameRoute<T extends HostnameRouteRecord>(route: T | undefined): T {
  return route ?? throwApiError(HOSTNAME_ROUTE_ERRORS.hostname_route_not_found)
}

/** Live hostname routes have different hostnames (assumed: hostname_route_exists). */
export function requireFreeHostname(isFree: boolean): void {
  if (!isFree) throwApiError(HOSTNAME_ROUTE_ERRORS.hostname_route_exists)
}

/** (documented: hostname_route_filters) */
export function passesFilters(route: HostnameRouteRecord, query: HostnameRouteListQuery): boolean {
  const { id, comment, tunnel_id, hostname = '', existed_at, is_deleted } = query
  return (
    passesDeletion(route, is_deleted) &&
    (id === undefined || route.id === id.toLowerCase()) &&
    (comment === undefined || route.comment === comment) &&
    (tunnel_id === undefined || route.tunnel_id === tunnel_id.toLowerCase()) &&
    route.hostname.toLowerCase().includes(hostname.toLowerCase()) &&
    (existed_at === undefined || existedAt(route, existed_at))
  )
}
