import type { FastifyRequest } from 'fastify'
import { throwApiError } from '../../gateway/api-error.ts'
import { tokenOf } from '../../gateway/auth.ts'
import { listCredentials } from '../../gateway/store.ts'
import { ACCOUNT_ERRORS } from './errors.ts'
import { derivedId } from './present.ts'

/** Account-owned tokens have this prefix (documented: token_owner). */
const ACCOUNT_OWNED = 'cfat_'

/** An account-owned token cannot list accounts (recorded: accounts_of_account_token). */
export function requireUserToken(request: FastifyRequest): void {
  if (isAccountOwned(request.headers.authorization)) throwApiError(ACCOUNT_ERRORS.accounts_of_account_token)
}

function isAccountOwned(authorization = ''): boolean {
  return authorization.replace(/^Bearer +/i, '').startsWith(ACCOUNT_OWNED)
}

/**
 * Verifies the token of a request. Its id follows from its text (assumed: token_id). `account_id` is that of the path for tokens that an account
 * owns, which the path for users does not accept (recorded: token_unknown).
 */
export function verifyToken(request: FastifyRequest, account_id?: string) {
  const { auth, db } = request.world
  const token = tokenOf(request) ?? (auth === 'off' ? '' : throwApiError(ACCOUNT_ERRORS.token_missing))
  const isForUser = account_id === undefined
  const isListed = listCredentials(db).some(
    one => one.token === token && (isForUser || (one.accounts?.includes(account_id) ?? true)),
  )
  if ((isForUser && token.startsWith(ACCOUNT_OWNED)) || (auth === 'strict' && !isListed)) {
    throwApiError(ACCOUNT_ERRORS.token_unknown)
  }
  return { id: derivedId(`token ${token}`), status: 'active' as const }
}
