import { HostnameRouteComment, HostnameRouteId, RouteHostname } from './hostname-route.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { Cidr, RouteComment, RouteId } from './network-route.ts'
import { SeedTime } from './state.ts'
import { CLOSED, Nullable, type Static, Type } from './typebox.ts'
import { VirtualNetworkComment, VirtualNetworkId, VirtualNetworkName } from './virtual-network.ts'

const TIMES = {
  created_at: Type.Optional(SeedTime),
  deleted_at: Type.Optional(Nullable(SeedTime)),
}

const StateVirtualNetwork = Type.Object(
  {
    account_id: AccountId,
    id: Type.Optional(VirtualNetworkId),
    name: VirtualNetworkName,
    is_default_network: Type.Optional(Type.Boolean()),
    comment: Type.Optional(VirtualNetworkComment),
    ...TIMES,
  },
  { ...CLOSED, description: 'One virtual network. By default its id follows from its account and name.' },
)
export type StateVirtualNetwork = Static<typeof StateVirtualNetwork>

export const StateVirtualNetworks = Type.Array(StateVirtualNetwork, {
  description: 'An account with tunnels and without a default network here has the one that Cloudflare generates.',
})

const StateRoute = Type.Object(
  {
    account_id: AccountId,
    id: Type.Optional(RouteId),
    network: Cidr,
    tunnel_id: TunnelId,
    virtual_network_id: Type.Optional(VirtualNetworkId),
    comment: Type.Optional(RouteComment),
    ...TIMES,
  },
  {
    ...CLOSED,
    description: 'A private network route. By default it belongs to the default network, and its id follows from both.',
  },
)
export type StateRoute = Static<typeof StateRoute>

export const StateRoutes = Type.Array(StateRoute)

const StateHostnameRoute = Type.Object(
  {
    account_id: AccountId,
    id: Type.Optional(HostnameRouteId),
    hostname: RouteHostname,
    tunnel_id: TunnelId,
    comment: Type.Optional(HostnameRouteComment),
    ...TIMES,
  },
  { ...CLOSED, description: 'A hostname route. By default its id follows from its account and hostname.' },
)
export type StateHostnameRoute = Static<typeof StateHostnameRoute>

export const StateHostnameRoutes = Type.Array(StateHostnameRoute)

declare module './state.ts' {
  interface StateSections {
    virtual_networks?: StateVirtualNetwork[]
    routes?: StateRoute[]
    hostname_routes?: StateHostnameRoute[]
  }
}
