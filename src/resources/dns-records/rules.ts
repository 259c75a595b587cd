import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import type { PlanName } from '../../../schemas/zone.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'

/** What a plan allows (documented: dns_limits). */
export interface RecordLimits {
  readonly ttl: { readonly min: number; readonly max: number }
  readonly comment: number
  readonly tags: number
  /** Records that one batch may change. */
  readonly batch: number
  /** Records of a zone. */
  readonly records: number
}

interface LimitedZone {
  readonly plan: PlanName
  readonly created_on: string
}

/** Free zones from this day on may have fewer records (documented: dns_limits). */
const SMALLER_QUOTA_SINCE = '2024-09-01'

export function limitsOf({ plan, created_on }: LimitedZone, { dns_ttl_bounds }: DatedChanges): RecordLimits {
  const isFree = plan === 'free'
  const quota = created_on < SMALLER_QUOTA_SINCE ? 1000 : 200
  return {
    ttl: dns_ttl_bounds ? { min: plan === 'enterprise' ? 30 : 60, max: 86_400 } : { min: 120, max: 2_147_483_647 },
    comment: isFree ? 100 : 500,
    tags: isFree ? 0 : 20,
    batch: isFree ? 200 : 3500,
    records: isFree ? quota : 3500,
  }
}

/** The fields that a record has as it is, so that a PATCH keeps them (documented: dns_patch_merges). */
export function fieldsOf(record: StoredRecord): RecordChange {
  const { type, name, content, data, priority, ttl, proxied, comment, tags, settings } = record
  return {
    type,
    name,
    content,
    ttl,
    proxied,
    settings,
    tags: [...tags],
    ...(data && { data }),
    ...(priority !== null && { priority }),
    ...(comment !== null && { comment }),
  }
}
