import type { Resource } from '../resource.ts'
import { TOKEN_ERRORS } from './errors.ts'
import { TOKENS } from './evidence.ts'
import { tokenRoutes } from './routes.ts'

/** Tunnel tokens and management tokens. */
export const tokens = {
  name: 'tokens',
  tags: ['Tokens'],
  routes: tokenRoutes,
  errors: TOKEN_ERRORS,
  evidence: TOKENS,
  permission_groups: [],
  event_types: [],
  migrations: [],
  tables: [],
  sections: [],
} as const satisfies Resource
