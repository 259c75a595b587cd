import { labelled } from './evidence.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { PAGE } from './page.ts'
import { Timestamp } from './timestamp.ts'
import { TunnelType } from './tunnel.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from './typebox.ts'
import { VirtualNetworkId } from './virtual-network.ts'

declare module './control/event.ts' {
  interface EventTypes {
    route_created: true
    route_updated: true
    route_deleted: true
  }
}

/** Also without a length, or with host bits (assumed: route_network_form). */
export const Cidr = Type.String({
  format: 'cidr',
  description: 'An IPv4 or IPv6 network in CIDR notation.',
  examples: ['172.16.0.0/16'],
})

export const RouteId = Type.String({
  title: 'RouteId',
  description: 'UUID of the route.',
  format: 'uuid',
  maxLength: 36,
  examples: ['f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'],
})

export const RoutePath = Type.Object({ account_id: AccountId, route_id: RouteId })
export const RouteIpPath = Type.Object({ account_id: AccountId, ip: Type.String({ examples: ['10.1.0.137'] }) })
export const CidrPath = Type.Object({
  account_id: AccountId,
  ip_network_encoded: Type.String({ description: 'The network, URL-encoded.', examples: ['172.16.0.0%2F16'] }),
})

export type CidrPath = Static<typeof CidrPath>

/** Answers of everything but lists (documented: route_answer). */
export const Route = Type.Object(
  {
    id: RouteId,
    network: Cidr,
    tunnel_id: TunnelId,
    virtual_network_id: VirtualNetworkId,
    comment: Type.String(),
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
  },
  { ...CLOSED, ...labelled('documented'), title: 'Route', description: 'A route to a private network.' },
)
export type Route = Static<typeof Route>

/** An item of a list (recorded: route_list_item). */
export const Teamnet = Type.Object(
  {
    id: RouteId,
    network: Cidr,
    tunnel_id: TunnelId,
    tunnel_name: Type.String(),
    tun_type: TextEnum(['cfd_tunnel']),
    virtual_network_id: VirtualNetworkId,
    virtual_network_name: Type.String(),
    comment: Type.String(),
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
  },
  { ...CLOSED, ...labelled('recorded'), title: 'Teamnet', description: 'A route with the names of what it connects.' },
)
export type Teamnet = Static<typeof Teamnet>

/** Empty if no route matches (client: route_by_ip_none). */
export const TeamnetOrNothing = Type.Union([Teamnet, Type.Object({}, { ...CLOSED, ...labelled('client') })])

/** (documented: route_comment_length) */
export const RouteComment = Type.String({ maxLength: 100, description: 'A remark; empty by default.' })

const TARGET = { comment: Type.Optional(RouteComment), virtual_network_id: Type.Optional(VirtualNetworkId) }

export const RouteCreate = Type.Object(
  { network: Cidr, tunnel_id: TunnelId, ...TARGET },
  {
    ...labelled('documented'),
    title: 'RouteCreate',
    examples: [{ network: '172.16.0.0/16', tunnel_id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415' }],
  },
)
export type RouteCreate = Static<typeof RouteCreate>

/** For the older paths, which name the network. */
export const CidrRouteCreate = Type.Object(
  { tunnel_id: TunnelId, ...TARGET },
  {
    ...labelled('documented'),
    title: 'CidrRouteCreate',
    examples: [{ tunnel_id: 'f70ff985-a4ef-4643-bbbc-4a0ed4fc8415' }],
  },
)

export const RouteUpdate = Type.Object(
  { network: Type.Optional(Cidr), tunnel_id: Type.Optional(TunnelId), ...TARGET },
  { ...labelled('documented'), title: 'RouteUpdate', examples: [{ comment: 'Staging' }] },
)
export type RouteUpdate = Static<typeof RouteUpdate>

/** For the older paths, which documentation lists without a body (client: cidr_paths). */
export const CidrRouteUpdate = Type.Object(
  { tunnel_id: Type.Optional(TunnelId), ...TARGET },
  { ...labelled('client'), title: 'CidrRouteUpdate', examples: [{ comment: 'Staging' }] },
)

export const ExistedAt = Type.String({
  format: 'url-encoded-date-time',
  description: 'Created at or before this time and not deleted before it; may be URL-encoded once more.',
  examples: ['2019-10-12T07:20:50.52Z'],
})

export const RouteListQuery = Type.Object(
  {
    comment: Type.Optional(Type.String({ description: 'Exactly this comment.' })),
    existed_at: Type.Optional(ExistedAt),
    is_deleted: Type.Optional(
      Type.Boolean({ description: 'true: only deleted routes. false or absent: only those that are not deleted.' }),
    ),
    network_subset: Type.Optional(Type.String({ ...Cidr, description: 'Only networks within this one.' })),
    network_superset: Type.Optional(Type.String({ ...Cidr, description: 'Only networks that contain this one.' })),
    route_id: Type.Optional(RouteId),
    tun_types: Type.Optional(
      Type.Array(TunnelType, {
        description: 'Only routes of these types of tunnels, separated by commas. Here there is but `cfd_tunnel`.',
      }),
    ),
    tunnel_id: Type.Optional(TunnelId),
    virtual_network_id: Type.Optional(VirtualNetworkId),
    ...PAGE,
  },
  // In OpenAPI this means that commas separate a list. It has no effect on other parameters.
  { ...labelled('documented'), style: 'form', explode: false },
)
export type RouteListQuery = Static<typeof RouteListQuery>

export const RouteIpQuery = Type.Object(
  {
    virtual_network_id: Type.Optional(VirtualNetworkId),
    default_virtual_network_fallback: Type.Boolean({
      default: true,
      description: 'Without `virtual_network_id`: true searches the default network, false all of them.',
    }),
  },
  labelled('documented'),
)
export type RouteIpQuery = Static<typeof RouteIpQuery>

/** On the older paths the query names the virtual network. */
export const CidrQuery = Type.Object({ virtual_network_id: Type.Optional(VirtualNetworkId) }, labelled('documented'))

export const CidrDeleteQuery = Type.Object(
  {
    ...CidrQuery.properties,
    tunnel_id: Type.Optional(TunnelId),
    tun_type: Type.Optional(TunnelType),
  },
  labelled('documented'),
)

/** A route as the database stores it. */
export interface RouteRecord extends Route {
  readonly account_id: string
}
