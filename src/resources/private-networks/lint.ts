import { containsNetwork, parseNetwork } from '../../../schemas/cidr.ts'
import type { Finding } from '../../../schemas/control/lint.ts'
import type { RouteRecord } from '../../../schemas/network-route.ts'
import type { Reader } from '../../store/database.ts'
import { allRoutes } from './store.ts'

/** Routes that take traffic away from the larger route of another tunnel. */
export function* lintRoutes(db: Reader): Iterable<Finding | undefined> {
  const live = allRoutes(db).filter(({ deleted_at }) => deleted_at === null)
  for (const routes of Map.groupBy(live, networkKey).values()) {
    for (const route of routes) {
      yield
      const outer = closestAround(route, routes)
      if (!outer || outer.tunnel_id === route.tunnel_id) continue
      const { account_id, id, network, tunnel_id } = route
      yield {
        rule: 'routes_overlap',
        message:
          `route ${network} of tunnel ${tunnel_id} lies within ${outer.network} of tunnel ${outer.tunnel_id}: ` +
          'separate them, or put one into another virtual network',
        account_id,
        id,
        name: network,
      }
    }
  }
}

function networkKey({ account_id, virtual_network_id }: RouteRecord): string {
  return `${account_id} ${virtual_network_id}`
}

/** The smallest network around that of a route. */
function closestAround(route: RouteRecord, routes: readonly RouteRecord[]): RouteRecord | undefined {
  return routes
    .filter(other => other !== route && contains(other, route))
    .reduce<RouteRecord | undefined>(
      (closest, other) => (closest && contains(other, closest) ? closest : other),
      undefined,
    )
}

function contains(outer: RouteRecord, inner: RouteRecord): boolean {
  const [one, other] = [parseNetwork(outer.network), parseNetwork(inner.network)]
  return one !== undefined && other !== undefined && containsNetwork(one, other)
}
