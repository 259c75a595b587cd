import { NETWORK_PERMISSION_GROUP } from '../../../schemas/permission.ts'
import type { Resource } from '../resource.ts'
import { cidrPathRoutes } from './cidr-paths.ts'
import { NETWORK_ERRORS } from './errors.ts'
import { NETWORKS } from './evidence.ts'
import { lintRoutes } from './lint.ts'
import { LISTS } from './list-evidence.ts'
import { deleteRoutesOfTunnel } from './on-tunnel-delete.ts'
import { routeByIpRoute } from './route-by-ip.ts'
import { privateNetworkRoutes } from './routes.ts'
import { ROUTE_SECTION, VIRTUAL_NETWORK_SECTION } from './seed.ts'
import { lastNetworkChange, NETWORK_MIGRATIONS } from './store.ts'
import { virtualNetworkRoutes } from './virtual-networks.ts'

/** Routes of private networks through tunnels, and the virtual networks that keep them apart. */
export const privateNetworks = {
  name: 'private-networks',
  tags: ['Private Networks', 'Virtual Networks'],
  routes: app => {
    privateNetworkRoutes(app)
    routeByIpRoute(app)
    cidrPathRoutes(app)
    virtualNetworkRoutes(app)
  },
  errors: NETWORK_ERRORS,
  evidence: { ...NETWORKS, ...LISTS },
  permission_groups: [NETWORK_PERMISSION_GROUP],
  event_types: [
    'route_created',
    'route_updated',
    'route_deleted',
    'virtual_network_created',
    'virtual_network_updated',
    'virtual_network_deleted',
  ],
  lint_rules: [lintRoutes],
  object_kinds: [
    { noun: 'route', created: 'route_created', deleted: 'route_deleted', id: 'route_id' },
    {
      noun: 'virtual network',
      created: 'virtual_network_created',
      deleted: 'virtual_network_deleted',
      id: 'virtual_network_id',
    },
  ],
  migrations: NETWORK_MIGRATIONS,
  tables: ['network_routes', 'virtual_networks'],
  sections: [VIRTUAL_NETWORK_SECTION, ROUTE_SECTION],
  lastChange: lastNetworkChange,
  onTunnelDelete: deleteRoutesOfTunnel,
} as const satisfies Resource
