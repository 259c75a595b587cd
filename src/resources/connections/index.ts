import type { Resource } from '../resource.ts'
import { CONNECTION_ERRORS } from './errors.ts'
import { CONNECTIONS } from './evidence.ts'
import { connectionRoutes } from './routes.ts'

/** Connectors of tunnels and their connections. */
export const connections = {
  name: 'connections',
  tags: ['Connections', 'Connectors'],
  routes: connectionRoutes,
  errors: CONNECTION_ERRORS,
  evidence: CONNECTIONS,
  permission_groups: [],
  event_types: [
    'connection_opened',
    'connection_lost',
    'connection_expired',
    'connection_closed',
    'reconnect_refused',
    'registration_refused',
    'configuration_refused',
  ],
  migrations: [],
  tables: [],
  sections: [],
} as const satisfies Resource
