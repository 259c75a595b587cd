import { labelled } from './evidence.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { ExistedAt } from './network-route.ts'
import { PAGE } from './page.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from './typebox.ts'

declare module './control/event.ts' {
  interface EventTypes {
    hostname_route_created: true
    hostname_route_updated: true
    hostname_route_deleted: true
  }
}

export const HostnameRouteId = Type.String({
  title: 'HostnameRouteId',
  description: 'UUID of the hostname route.',
  format: 'uuid',
  maxLength: 36,
  examples: ['f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'],
})

export const HostnameRoutePath = Type.Object({ account_id: AccountId, hostname_route_id: HostnameRouteId })

export type HostnameRoutePath = Static<typeof HostnameRoutePath>

export const HostnameRoute = Type.Object(
  {
    id: HostnameRouteId,
    hostname: Type.String(),
    tunnel_id: TunnelId,
    tunnel_name: Type.String(),
    tun_type: TextEnum(['cfd_tunnel']),
    comment: Type.String(),
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
  },
  { ...CLOSED, ...labelled('documented'), title: 'HostnameRoute', description: 'A route to a private hostname.' },
)
export type HostnameRoute = Static<typeof HostnameRoute>

/** (assumed: hostname_route_form) */
export const RouteHostname = Type.String({
  minLength: 1,
  maxLength: 253,
  description: 'A hostname, or `*.` and a domain.',
  examples: ['wiki.internal.example.com'],
})
export const HostnameRouteComment = Type.String({ maxLength: 100, description: 'A remark; empty by default.' })

export const HostnameRouteCreate = Type.Object(
  { hostname: RouteHostname, tunnel_id: TunnelId, comment: Type.Optional(HostnameRouteComment) },
  {
    ...labelled('documented'),
    title: 'HostnameRouteCreate',
    examples: [{ hostname: 'my-host.internal', tunnel_id: TunnelId.examples[0] }],
  },
)
export type HostnameRouteCreate = Static<typeof HostnameRouteCreate>

export const HostnameRouteUpdate = Type.Partial(HostnameRouteCreate, {
  ...labelled('documented'),
  title: 'HostnameRouteUpdate',
  examples: [{ comment: 'for the office' }],
})
export type HostnameRouteUpdate = Static<typeof HostnameRouteUpdate>

export const HostnameRouteListQuery = Type.Object(
  {
    id: Type.Optional(HostnameRouteId),
    comment: Type.Optional(Type.String({ description: 'Exactly this comment.' })),
    existed_at: Type.Optional(ExistedAt),
    hostname: Type.Optional(Type.String({ description: 'A part of the hostname, in any case.' })),
    is_deleted: Type.Boolean({ default: false, description: 'true: only deleted routes. false: only the others.' }),
    tunnel_id: Type.Optional(TunnelId),
    ...PAGE,
  },
  labelled('documented'),
)
export type HostnameRouteListQuery = Static<typeof HostnameRouteListQuery>

/** A hostname route as the database stores it. */
export type HostnameRouteRecord = Omit<HostnameRoute, 'tunnel_name' | 'tun_type'> & { readonly account_id: string }
