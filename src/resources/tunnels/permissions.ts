import { TUNNEL_PERMISSION_GROUPS } from '../../../schemas/permission.ts'
import type { RequiredPermission } from '../../gateway/credentials.ts'
import { ACCOUNT_SCOPE } from '../../gateway/scope.ts'

export const TUNNEL_READ: RequiredPermission = {
  groups: TUNNEL_PERMISSION_GROUPS,
  access: 'read',
  scope: ACCOUNT_SCOPE,
}
export const TUNNEL_WRITE: RequiredPermission = {
  groups: TUNNEL_PERMISSION_GROUPS,
  access: 'write',
  scope: ACCOUNT_SCOPE,
}
