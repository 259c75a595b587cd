import { EXAMPLE_ACCOUNT } from '../../schemas/identifiers.ts'
import { ANY_TOKEN } from '../config/client-env.ts'
import { listAccounts, listCredentials } from '../gateway/store.ts'
import type { Database, Reader } from '../store/database.ts'
import type { World } from '../world/world.ts'
import { firstAccountWithTunnel } from './tunnels/store.ts'

/**
 * The account for programs that have none of their own: `mockflared env` prints it, and the default
 * zone belongs to it. It is the first that the seed names, or the example of the documentation.
 */
export function sampleAccount(db: Reader): string {
  return listAccounts(db)[0]?.id ?? firstAccountWithTunnel(db) ?? EXAMPLE_ACCOUNT
}

interface SampleCredentials {
  readonly account_id: string
  /** Null if the world accepts no token. */
  readonly token: string | null
}

/** An account of a world, and a token that the world accepts for it. */
export function sampleCredentials({ db, auth }: World): SampleCredentials {
  const account = sampleAccount(db)
  if (auth !== 'strict') return { account_id: account, token: ANY_TOKEN }

  const withToken = listCredentials(db).filter(({ token }) => token !== null)
  const credential = withToken.find(({ accounts }) => accounts?.includes(account) ?? true) ?? withToken[0]
  const covers = credential?.accounts?.includes(account) ?? true
  return { account_id: covers ? account : (credential?.accounts?.[0] ?? account), token: credential?.token ?? null }
}

/** The name of an account that a seed does not name. */
export const UNNAMED_ACCOUNT = 'Example account'

export function accountName(db: Database, id: string): string {
  return listAccounts(db).find(account => account.id === id)?.name ?? UNNAMED_ACCOUNT
}
