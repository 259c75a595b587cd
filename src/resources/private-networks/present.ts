import type { Route, RouteRecord, Teamnet } from '../../../schemas/network-route.ts'
import type { VirtualNetwork, VirtualNetworkRecord } from '../../../schemas/virtual-network.ts'
import type { NamedRoute } from './store.ts'

/** (documented: route_answer) */
export function presentRoute({ account_id, ...route }: RouteRecord): Route {
  return route
}

/** (recorded: route_list_item) */
export function presentTeamnet(route: NamedRoute, networks: readonly VirtualNetworkRecord[]): Teamnet {
  const { id, network, tunnel_id, tunnel_name, virtual_network_id, comment, created_at, deleted_at } = route
  return {
    id,
    network,
    tunnel_id,
    tunnel_name,
    tun_type: 'cfd_tunnel',
    virtual_network_id,
    virtual_network_name: networks.find(one => one.id === virtual_network_id)?.name ?? '',
    comment,
    created_at,
    deleted_at,
  }
}

/** (recorded: virtual_network_answer) */
export function presentNetwork({ account_id, ...network }: VirtualNetworkRecord): VirtualNetwork {
  return network
}
