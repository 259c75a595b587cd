import { TUNNEL_PERMISSION_GROUPS } from '../../../schemas/permission.ts'
import type { RequiredPermission } from '../../gateway/credentials.ts'

export const TUNNEL_READ: RequiredPermission = { groups: TUNNEL_PERMISSION_GROUPS, access: 'read', scope: 'account' }
export const TUNNEL_WRITE: RequiredPermission = { groups: TUNNEL_PERMISSION_GROUPS, access: 'write', scope: 'account' }
