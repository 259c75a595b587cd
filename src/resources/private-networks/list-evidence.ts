import type { Behaviours, Exchange } from '../../evidence/types.ts'
import { NETWORK_OPERATIONS as OPERATIONS } from './operation-ids.ts'

const LISTS_OF_BOTH = [OPERATIONS.list_routes, OPERATIONS.list_networks]
const CF_TERRAFORMING = 'cf-terraforming recordings of 2025'

/** Behaviours of lists of routes and virtual networks. */
export const LISTS = {
  network_page: {
    operations: LISTS_OF_BOTH,
    statement: '`result_info` is page, per_page, count and total_count; a page holds 1000 by default and at most.',
    evidence: 'recorded',
    source: `${CF_TERRAFORMING}; the maximum is documented`,
  },
  network_order: {
    operations: LISTS_OF_BOTH,
    statement: 'Routes and virtual networks are listed newest first.',
    evidence: 'recorded',
    source: `${CF_TERRAFORMING}, two of each`,
    usedIn: ({ items }) => items.length > 1,
  },
  route_list_item: {
    operations: [OPERATIONS.list_routes],
    statement: 'A listed route also has the names of its tunnel and its virtual network, and `tun_type`.',
    evidence: 'recorded',
    source: CF_TERRAFORMING,
  },
  network_live_only: {
    operations: LISTS_OF_BOTH,
    statement: 'Without `is_deleted` a list has no deleted records; before 2025-12-01 it had.',
    evidence: 'documented',
    source: "Cloudflare's changelog of 2025-09-02",
    usedIn: ({ query, changes }) => query.is_deleted === undefined && changes.list_live_only,
  },
  network_list_deleted: {
    operations: LISTS_OF_BOTH,
    statement: '`is_deleted=true` lists only deleted records, `false` only the others.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: ({ query }) => query.is_deleted !== undefined,
  },
  route_filters: {
    operations: [OPERATIONS.list_routes],
    statement:
      'Routes are filtered by id, tunnel, type of tunnel, virtual network, time, and by networks that they are within or contain.',
    evidence: 'documented',
    source: 'the published description; cloudflared sends both network filters to find one route',
    usedIn: hasKey(
      'route_id',
      'tunnel_id',
      'tun_types',
      'virtual_network_id',
      'existed_at',
      'network_subset',
      'network_superset',
    ),
  },
  route_comment_filter: {
    operations: [OPERATIONS.list_routes],
    statement: '`comment` is the whole comment.',
    evidence: 'assumed',
    source: 'the parameter is documented, its comparison is not',
    usedIn: hasKey('comment'),
  },
  virtual_network_filters: {
    operations: [OPERATIONS.list_networks],
    statement: 'Virtual networks are filtered by id, whole name and whether they are the default.',
    evidence: 'documented',
    source: 'the published description',
    usedIn: hasKey('id', 'name', 'is_default', 'is_default_network'),
  },
} as const satisfies Behaviours

/** For a behaviour that one of these parameters uses. */
function hasKey(...keys: readonly string[]): (exchange: Exchange) => boolean {
  return ({ query }) => keys.some(key => query[key] !== undefined)
}
