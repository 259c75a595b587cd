import type { RequiredPermission } from '../../gateway/credentials.ts'
import { ACCOUNT_SCOPE } from '../../gateway/scope.ts'

const APPS = ['Access: Apps and Policies']
const SERVICE_TOKENS = ['Access: Service Tokens']

/** Cloudflare's permission groups; the first is also for tags (documented: access_permission_groups). */
export const ACCESS_PERMISSION_GROUPS = [...APPS, ...SERVICE_TOKENS]

export const APPS_READ: RequiredPermission = { groups: APPS, access: 'read', scope: ACCOUNT_SCOPE }
export const APPS_WRITE: RequiredPermission = { groups: APPS, access: 'write', scope: ACCOUNT_SCOPE }
export const TOKENS_READ: RequiredPermission = { groups: SERVICE_TOKENS, access: 'read', scope: ACCOUNT_SCOPE }
export const TOKENS_WRITE: RequiredPermission = { groups: SERVICE_TOKENS, access: 'write', scope: ACCOUNT_SCOPE }
