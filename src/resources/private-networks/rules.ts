import { networkText, parseNetwork } from '../../../schemas/cidr.ts'
import type { RouteCreate, RouteRecord, RouteUpdate } from '../../../schemas/network-route.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type {
  VirtualNetworkCreate,
  VirtualNetworkRecord,
  VirtualNetworkUpdate,
} from '../../../schemas/virtual-network.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { NETWORK_ERRORS } from './errors.ts'

interface Birth {
  readonly account_id: string
  readonly id: string
  readonly now: Timestamp
}

/** The one form of a network, by which routes are compared (assumed: route_network_form). */
export function canonicalNetwork(text: string): string {
  const network = parseNetwork(text)
  return network ? networkText(network) : text
}

/** A new route (documented: route_answer). Its virtual network is known. */
export function createRoute(
  { network, tunnel_id, comment = '' }: RouteCreate,
  virtual_network_id: string,
  { account_id, id, now }: Birth,
): RouteRecord {
  return {
    account_id,
    id,
    network: canonicalNetwork(network),
    tunnel_id: tunnel_id.toLowerCase(),
    virtual_network_id,
    comment,
    created_at: now,
    deleted_at: null,
  }
}

/** Changes what the body contains, which may be nothing (client: route_change). */
export function updateRoute(route: RouteRecord, change: RouteUpdate): RouteRecord {
  return {
    ...route,
    network: canonicalNetwork(change.network ?? route.network),
    tunnel_id: change.tunnel_id?.toLowerCase() ?? route.tunnel_id,
    virtual_network_id: change.virtual_network_id?.toLowerCase() ?? route.virtual_network_id,
    comment: change.comment ?? route.comment,
  }
}

/** A deleted route is as unknown as one that never was (client: route_gone). */
export function requireRoute(route: RouteRecord | undefined): RouteRecord {
  return route ?? throwApiError(NETWORK_ERRORS.route_not_found)
}

/**
 * A virtual network has one live route to a network; another one may have the same
 * (documented: route_in_other_network). `other` is the live route that has it.
 */
export function requireFreeNetwork({ id }: RouteRecord, other: RouteRecord | undefined): void {
  if (other && other.id !== id) throwApiError(NETWORK_ERRORS.route_exists)
}

/**
 * Whether the routes of a tunnel hold its deletion back. They did in 2023
 * (recorded: tunnel_has_routes), unless it cascades (documented: routes_cascade); later they were
 * deleted with it (recorded: routes_go_with_tunnel). The day is our choice
 * (assumed: route_change_day).
 */
export function requireNoRoutes(
  routes: readonly RouteRecord[],
  { cascade, changes }: { readonly cascade: boolean; readonly changes: DatedChanges },
): void {
  if (routes.length > 0 && !cascade && !changes.routes_go_with_tunnel) throwApiError(NETWORK_ERRORS.tunnel_has_routes)
}

export function createNetwork(
  { name, comment = '', ...flags }: VirtualNetworkCreate,
  { account_id, id, now }: Birth,
): VirtualNetworkRecord {
  return { account_id, id, name, is_default_network: wantsDefault(flags), comment, created_at: now, deleted_at: null }
}

/**
 * Changes what the body contains. The default network stays the default until another one is
 * (assumed: default_network_stays).
 */
export function updateNetwork(network: VirtualNetworkRecord, change: VirtualNetworkUpdate): VirtualNetworkRecord {
  return {
    ...network,
    name: change.name ?? network.name,
    comment: change.comment ?? network.comment,
    is_default_network: network.is_default_network || wantsDefault(change),
  }
}

/** `is_default` is the older name of the key (client: is_default_older). */
function wantsDefault({
  is_default = false,
  is_default_network = is_default,
}: Pick<VirtualNetworkUpdate, 'is_default' | 'is_default_network'>): boolean {
  return is_default_network
}

/** A deleted virtual network is as unknown as one that never was (client: virtual_network_gone). */
export function requireNetwork(network: VirtualNetworkRecord | undefined): VirtualNetworkRecord {
  return network ?? throwApiError(NETWORK_ERRORS.virtual_network_not_found)
}

/**
 * Live virtual networks of an account have different names (assumed: virtual_network_name_taken).
 */
export function requireFreeName({ id, name }: VirtualNetworkRecord, all: readonly VirtualNetworkRecord[]): void {
  const isTaken = all.some(other => other.id !== id && other.name === name && other.deleted_at === null)
  if (isTaken) throwApiError(NETWORK_ERRORS.virtual_network_name_taken)
}

/**
 * The default network cannot be deleted (recorded: virtual_network_is_default). Routes hold any
 * other back (assumed: virtual_network_in_use), unless it is forced
 * (client: virtual_network_force).
 */
export function requireDeletable(
  { is_default_network }: VirtualNetworkRecord,
  routes: readonly RouteRecord[],
  force: boolean,
): void {
  if (is_default_network) throwApiError(NETWORK_ERRORS.virtual_network_is_default)
  if (routes.length > 0 && !force) throwApiError(NETWORK_ERRORS.virtual_network_in_use)
}
