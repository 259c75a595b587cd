import { NETWORK_PERMISSION_GROUP } from '../../schemas/permission.ts'
import type { RequiredPermission } from '../gateway/credentials.ts'
import { ACCOUNT_SCOPE } from '../gateway/scope.ts'

/** (documented: network_permission_groups) (documented: hostname_route_permission_groups) */
const GROUPS = [NETWORK_PERMISSION_GROUP, 'Cloudflare Tunnel']

export const NETWORK_READ: RequiredPermission = { groups: GROUPS, access: 'read', scope: ACCOUNT_SCOPE }
export const NETWORK_WRITE: RequiredPermission = { groups: GROUPS, access: 'write', scope: ACCOUNT_SCOPE }
