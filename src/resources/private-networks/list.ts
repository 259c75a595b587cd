/** The filters of lists, and the search by address. */
import { containsNetwork, type Network, parseNetwork } from '../../../schemas/cidr.ts'
import type { RouteListQuery } from '../../../schemas/network-route.ts'
import type { VirtualNetworkListQuery, VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { existedAt, passesDeletion } from '../network-list.ts'
import { includesCloudflared } from '../tunnels/rules.ts'
import type { NamedRoute } from './store.ts'

/**
 * (documented: route_filters) (assumed: route_comment_filter) (documented: network_list_deleted)
 */
export function selectRoutes(
  routes: readonly NamedRoute[],
  query: RouteListQuery,
  changes: DatedChanges,
): readonly NamedRoute[] {
  if (!includesCloudflared(query.tun_types)) return []

  const isDeleted = deletionOf(query, changes)
  const [outer, inner] = [query.network_subset, query.network_superset].map(text => parseNetwork(text ?? ''))
  const conditions = [
    (route: NamedRoute) => passesDeletion(route, isDeleted),
    isEqual<NamedRoute>('id', query.route_id?.toLowerCase()),
    isEqual<NamedRoute>('tunnel_id', query.tunnel_id?.toLowerCase()),
    isEqual<NamedRoute>('virtual_network_id', query.virtual_network_id?.toLowerCase()),
    isEqual<NamedRoute>('comment', query.comment),
    (route: NamedRoute) => query.existed_at === undefined || existedAt(route, query.existed_at),
    ({ network }: NamedRoute) => outer === undefined || contains(outer, parseNetwork(network)),
    ({ network }: NamedRoute) => inner === undefined || contains(parseNetwork(network), inner),
  ]
  return routes.filter(route => conditions.every(passes => passes(route)))
}

/** (documented: virtual_network_filters) */
export function selectNetworks(
  networks: readonly VirtualNetworkRecord[],
  query: VirtualNetworkListQuery,
  changes: DatedChanges,
): readonly VirtualNetworkRecord[] {
  const isDeleted = deletionOf(query, changes)
  const conditions = [
    (network: VirtualNetworkRecord) => passesDeletion(network, isDeleted),
    isEqual<VirtualNetworkRecord>('id', query.id?.toLowerCase()),
    isEqual<VirtualNetworkRecord>('name', query.name),
    isEqual<VirtualNetworkRecord>('is_default_network', query.is_default_network ?? query.is_default),
  ]
  return networks.filter(network => conditions.every(passes => passes(network)))
}

/** The most specific of the routes that contain an address (documented: route_by_ip). */
export function mostSpecific(routes: readonly NamedRoute[], address: Network): NamedRoute | undefined {
  return routes
    .flatMap(route => {
      const network = parseNetwork(route.network)
      return network && containsNetwork(network, address) ? [{ route, length: network.length }] : []
    })
    .toSorted((a, b) => b.length - a.length)
    .at(0)?.route
}

/** Since 2025-12-01 a list has no deleted records unless asked (documented: network_live_only). */
function deletionOf({ is_deleted }: { is_deleted?: boolean }, changes: DatedChanges): boolean | undefined {
  return is_deleted ?? (changes.list_live_only ? false : undefined)
}

function isEqual<T>(key: keyof T, wanted: T[keyof T] | undefined): (record: T) => boolean {
  return record => wanted === undefined || record[key] === wanted
}

function contains(outer: Network | undefined, inner: Network | undefined): boolean {
  return outer !== undefined && inner !== undefined && containsNetwork(outer, inner)
}
