import type { Resource } from '../resource.ts'
import { ZONE_ERRORS } from './errors.ts'
import { ZONES } from './evidence.ts'
import { ZONE_PERMISSION_GROUPS } from './permissions.ts'
import { zoneRoutes } from './routes.ts'
import { ZONE_SECTION } from './seed.ts'
import { lastZoneChange, ZONE_MIGRATIONS } from './store.ts'

/** Domains, which seeds name. */
export const zones = {
  name: 'zones',
  tags: ['Zones'],
  routes: zoneRoutes,
  errors: ZONE_ERRORS,
  evidence: ZONES,
  permission_groups: ZONE_PERMISSION_GROUPS,
  event_types: [],
  migrations: ZONE_MIGRATIONS,
  tables: ['zones'],
  sections: [ZONE_SECTION],
  lastChange: lastZoneChange,
} as const satisfies Resource
