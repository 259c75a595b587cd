import { problemWith } from '../../schemas/check.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import type { Database } from '../store/database.ts'
import type { RequestTarget } from './target.ts'

/** The account, or the zone of an account, that a request reads or changes. */
export interface ProtectedResource {
  readonly account_id: string
  readonly zone_id?: string
}

/**
 * Finds what a credential must cover for a request. `nothing`: the credential must only exist.
 * `unroutable`: validation rejects the id later, with the error for an unknown path.
 */
export type Scope = (db: Database, target: RequestTarget) => ProtectedResource | 'nothing' | 'unroutable'

/** For operations on what belongs to the caller. */
export const USER_SCOPE: Scope = () => 'nothing'

/** For operations under `/accounts/{account_id}`. */
export const ACCOUNT_SCOPE: Scope = (_db, { account_id = '' }) =>
  problemWith(AccountId, account_id) ? 'unroutable' : { account_id }
