import { EXAMPLE_ACCOUNT } from '../../schemas/identifiers.ts'
import { listAccounts } from '../gateway/store.ts'
import type { Database } from '../store/database.ts'
import { firstAccountWithTunnel } from './tunnels/store.ts'

/**
 * The account for programs that have none of their own: `mockflared env` prints it, and the default
 * zone belongs to it. It is the first that the seed names, or the example of the documentation.
 */
export function sampleAccount(db: Database): string {
  return listAccounts(db)[0]?.id ?? firstAccountWithTunnel(db) ?? EXAMPLE_ACCOUNT
}

/** The name of an account that a seed does not name. */
export const UNNAMED_ACCOUNT = 'Example account'

export function accountName(db: Database, id: string): string {
  return listAccounts(db).find(account => account.id === id)?.name ?? UNNAMED_ACCOUNT
}
