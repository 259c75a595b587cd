import { listCredentials } from '../gateway/store.ts'
import { sampleAccount } from '../resources/sample-account.ts'
import type { World } from '../world/world.ts'

interface SampleCredentials {
  readonly account_id?: string | undefined
  /** Undefined if the world accepts any token, or none that a seed lists. */
  readonly token?: string | undefined
}

/** An account of a world, and a token that the world accepts for it. */
export function sampleCredentials({ db, auth }: World): SampleCredentials {
  const [credential] = auth === 'strict' ? listCredentials(db).filter(({ token }) => token !== null) : []
  const account = sampleAccount(db)
  const covered = credential?.accounts ?? [account]
  return { account_id: covered.includes(account) ? account : covered[0], token: credential?.token ?? undefined }
}
