import type { Resource } from '../resource.ts'
import { ARGO_TUNNELS } from './evidence.ts'
import { legacyTunnelRoutes } from './routes.ts'

/** The deprecated paths of tunnels. */
export const legacyTunnels = {
  name: 'legacy-tunnels',
  tags: ['Argo Tunnels'],
  routes: legacyTunnelRoutes,
  errors: {},
  evidence: ARGO_TUNNELS,
  permission_groups: [],
  event_types: [],
  migrations: [],
  tables: [],
  sections: [],
} as const satisfies Resource
