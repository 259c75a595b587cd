import type { RequiredPermission } from '../../gateway/credentials.ts'
import { type Scope, USER_SCOPE } from '../../gateway/scope.ts'
import { findZone } from './default-zone.ts'

/** Cloudflare's permission groups for zones (documented: zone_permission_groups). */
export const ZONE_PERMISSION_GROUPS = ['Zone'] as const

/** For operations under `/zones/{zone_id}`. An unknown zone gets its error from the handler. */
export const ZONE_SCOPE: Scope = (db, { zone_id = '' }) => {
  const zone = findZone(db, zone_id)
  return zone ? { zone_id, account_id: zone.account_id } : 'nothing'
}

export const ZONE_LIST: RequiredPermission = { groups: ZONE_PERMISSION_GROUPS, access: 'read', scope: USER_SCOPE }
export const ZONE_READ: RequiredPermission = { groups: ZONE_PERMISSION_GROUPS, access: 'read', scope: ZONE_SCOPE }
