import type { RequiredPermission } from '../../gateway/credentials.ts'
import { ZONE_SCOPE } from '../zones/permissions.ts'

/** Cloudflare's permission groups for records (documented: dns_permission_groups). */
export const DNS_PERMISSION_GROUPS = ['DNS'] as const

export const DNS_READ: RequiredPermission = { groups: DNS_PERMISSION_GROUPS, access: 'read', scope: ZONE_SCOPE }
export const DNS_WRITE: RequiredPermission = { groups: DNS_PERMISSION_GROUPS, access: 'write', scope: ZONE_SCOPE }
