import type { Resource } from '../resource.ts'
import { RECORD_ERRORS } from './errors.ts'
import { DNS_RECORDS } from './evidence.ts'
import { lintHostnames } from './lint-hostnames.ts'
import { lintRecords } from './lint-records.ts'
import { RECORD_LISTS } from './list-evidence.ts'
import { DNS_PERMISSION_GROUPS } from './permissions.ts'
import { RESOLUTION } from './resolution-evidence.ts'
import { recordRoutes } from './routes.ts'
import { RECORD_SECTION } from './seed.ts'
import { lastRecordChange, RECORD_MIGRATIONS } from './store.ts'
import { tunnelRouteRoute } from './tunnel-route.ts'
import { ROUTE_ERRORS } from './tunnel-route-errors.ts'
import { TUNNEL_ROUTES } from './tunnel-route-evidence.ts'

/**
 * DNS records of zones, and the routes that cloudflared makes of them. No hook removes the records of
 * a deleted tunnel (documented: dns_survives_tunnel).
 */
export const dnsRecords = {
  name: 'dns-records',
  tags: ['DNS records'],
  routes: app => {
    recordRoutes(app)
    tunnelRouteRoute(app)
  },
  errors: { ...RECORD_ERRORS, ...ROUTE_ERRORS },
  evidence: { ...RECORD_LISTS, ...DNS_RECORDS, ...TUNNEL_ROUTES, ...RESOLUTION },
  permission_groups: DNS_PERMISSION_GROUPS,
  event_types: ['dns_record_created', 'dns_record_updated', 'dns_record_deleted'],
  lint_rules: [lintRecords, lintHostnames],
  object_kinds: [{ noun: 'DNS record', created: 'dns_record_created', deleted: 'dns_record_deleted', id: 'record_id' }],
  migrations: RECORD_MIGRATIONS,
  tables: ['dns_records', 'dns_record_counts'],
  sections: [RECORD_SECTION],
  lastChange: lastRecordChange,
} as const satisfies Resource
