import { TUNNEL_PERMISSION_GROUPS } from '../../../schemas/permission.ts'
import type { Resource } from '../resource.ts'
import { allTunnelsRoute } from './all-tunnels.ts'
import { TUNNEL_ERRORS } from './errors.ts'
import { TUNNELS } from './evidence.ts'
import { LISTS } from './list-evidence.ts'
import { tunnelRoutes } from './routes.ts'
import { lastTunnelChange, TUNNEL_SECTION } from './seed.ts'

/**
 * Cloudflare tunnels. Their state section and tables include configurations, connectors and
 * connections.
 */
export const tunnels = {
  name: 'tunnels',
  tags: ['Tunnels'],
  routes: app => {
    tunnelRoutes(app)
    allTunnelsRoute(app)
  },
  errors: TUNNEL_ERRORS,
  evidence: { ...LISTS, ...TUNNELS },
  permission_groups: TUNNEL_PERMISSION_GROUPS,
  event_types: ['tunnel_created', 'tunnel_updated', 'tunnel_deleted', 'tunnel_status_changed'],
  object_kinds: [{ noun: 'tunnel', created: 'tunnel_created', deleted: 'tunnel_deleted', id: 'tunnel_id' }],
  migrations: [],
  tables: ['connections', 'connectors', 'configurations', 'tunnels'],
  sections: [TUNNEL_SECTION],
  lastChange: lastTunnelChange,
} as const satisfies Resource
