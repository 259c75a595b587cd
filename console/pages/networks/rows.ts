/** The routes of a network overview as rows, filtered by words, an address or a network. */
import { containsNetwork, type Network, parseNetwork } from '../../../schemas/cidr.ts'
import type { NetworkOverview } from '../../../schemas/control/network-overview.ts'
import { hasWords } from '../../data/find.ts'

export type Route = NetworkOverview['routes'][number]
export type VirtualNetwork = NetworkOverview['virtual_networks'][number]
export type HostnameRoute = NetworkOverview['hostname_routes'][number]

/** IPv4 before IPv6, then by address; of the same address the larger network first. */
export function inOrder<R extends Pick<Route, 'network'>>(routes: readonly R[]): readonly R[] {
  return routes
    .map(route => ({ route, network: parseNetwork(route.network) }))
    .toSorted((a, b) => compare(a.network, b.network))
    .map(({ route }) => route)
}

function compare(a: Network | undefined, b: Network | undefined): number {
  if (!a || !b) return 0
  if (a.bits !== b.bits) return a.bits - b.bits
  if (a.address !== b.address) return a.address < b.address ? -1 : 1
  return a.length - b.length
}

/** An address or network that someone looks for; undefined for other words. */
export function lookedUp(find: string): Network | undefined {
  return /[.:/]/.test(find) ? parseNetwork(find.trim()) : undefined
}

/** Of an address: the routes whose network contains it. Of other words: those that have them all. */
export function foundRoutes(routes: readonly Route[], find: string): readonly Route[] {
  const wanted = lookedUp(find)
  if (!wanted) return routes.filter(route => hasWords(find, route.network, route.comment, route.tunnel_name))
  return routes.filter(({ network }) => {
    const own = parseNetwork(network)
    return own !== undefined && containsNetwork(own, wanted)
  })
}

/** The smallest network wins. */
export function closest(routes: readonly Route[]): Route | undefined {
  const length = ({ network }: Route): number => parseNetwork(network)?.length ?? 0
  return routes.toSorted((a, b) => length(b) - length(a))[0]
}
