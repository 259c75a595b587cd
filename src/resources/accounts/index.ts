import type { Resource } from '../resource.ts'
import { ACCOUNT_ERRORS } from './errors.ts'
import { ACCOUNTS } from './evidence.ts'
import { ACCOUNT_PERMISSION_GROUPS } from './permissions.ts'
import { accountRoutes } from './routes.ts'
import { tokenVerificationRoutes } from './token-routes.ts'

/** Accounts, their members, the user, and the verification of tokens. */
export const accounts = {
  name: 'accounts',
  tags: ['Accounts', 'User'],
  routes: app => {
    accountRoutes(app)
    tokenVerificationRoutes(app)
  },
  errors: ACCOUNT_ERRORS,
  evidence: ACCOUNTS,
  permission_groups: ACCOUNT_PERMISSION_GROUPS,
  event_types: [],
  migrations: [],
  tables: [],
  sections: [],
} as const satisfies Resource
