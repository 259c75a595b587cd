import type { RequiredPermission } from '../../gateway/credentials.ts'
import { ACCOUNT_SCOPE, USER_SCOPE } from '../../gateway/scope.ts'

/** Cloudflare's permission groups (documented: account_permission_groups). */
export const ACCOUNT_PERMISSION_GROUPS = ['Account Settings', 'Memberships', 'User Details'] as const

const ACCOUNT = ['Account Settings']

/** A list holds the accounts that the credential covers. */
export const ACCOUNT_LIST: RequiredPermission = { groups: ACCOUNT, access: 'read', scope: USER_SCOPE }
export const ACCOUNT_READ: RequiredPermission = { groups: ACCOUNT, access: 'read', scope: ACCOUNT_SCOPE }
export const MEMBERSHIPS_READ: RequiredPermission = { groups: ['Memberships'], access: 'read', scope: USER_SCOPE }
export const USER_READ: RequiredPermission = { groups: ['User Details'], access: 'read', scope: USER_SCOPE }
