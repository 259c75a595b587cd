import type { AccountRecord } from '../../../schemas/records.ts'
import { listAccounts } from '../../gateway/store.ts'
import type { Database } from '../../store/database.ts'
import { sampleAccount } from '../sample-account.ts'
import { allZones } from '../zones/default-zone.ts'

/**
 * The accounts that a list shows: those of the seed, or else the sample account and those of zones
 * (assumed: account_unlisted). Any other account still responds when a path names it.
 */
export function knownAccounts(db: Database): readonly AccountRecord[] {
  const listed = listAccounts(db)
  if (listed.length > 0) return listed

  const ids = new Set([sampleAccount(db), ...allZones(db).map(({ account_id }) => account_id)])
  return [...ids].map(id => ({ id, name: null }))
}
