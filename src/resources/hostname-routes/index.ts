import type { Resource } from '../resource.ts'
import { HOSTNAME_ROUTE_ERRORS } from './errors.ts'
import { HOSTNAME_ROUTES } from './evidence.ts'
import { deleteHostnameRoutesOfTunnel } from './operations.ts'
import { hostnameRouteRoutes } from './routes.ts'
import { HOSTNAME_ROUTE_SECTION } from './seed.ts'
import { HOSTNAME_ROUTE_MIGRATIONS, lastHostnameRouteChange } from './store.ts'

/** Routes of private hostnames through tunnels. */
export const hostnameRoutes = {
  name: 'hostname-routes',
  tags: ['Hostname Routes'],
  routes: hostnameRouteRoutes,
  errors: HOSTNAME_ROUTE_ERRORS,
  evidence: HOSTNAME_ROUTES,
  permission_groups: [],
  event_types: ['hostname_route_created', 'hostname_route_updated', 'hostname_route_deleted'],
  object_kinds: [
    {
      noun: 'hostname route',
      created: 'hostname_route_created',
      deleted: 'hostname_route_deleted',
      id: 'hostname_route_id',
    },
  ],
  migrations: HOSTNAME_ROUTE_MIGRATIONS,
  tables: ['hostname_routes'],
  sections: [HOSTNAME_ROUTE_SECTION],
  lastChange: lastHostnameRouteChange,
  onTunnelDelete: deleteHostnameRoutesOfTunnel,
} as const satisfies Resource
