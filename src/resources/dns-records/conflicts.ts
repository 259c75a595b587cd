import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import type { ErrorDefinition } from '../../evidence/types.ts'
import { CONFLICT_ERRORS as ERRORS } from './conflict-errors.ts'

export interface Neighbours {
  /** The other records with the same name. */
  readonly namesakes: readonly StoredRecord[]
  readonly is_apex: boolean
  /** The name servers of the delegation above the record; empty without one. */
  readonly delegation: readonly string[]
}

type ConflictChanges = Pick<DatedChanges, 'dns_conflict_links' | 'dns_identical_81058'>

const ADDRESSES: readonly string[] = ['A', 'AAAA']
const HOSTS: readonly string[] = [...ADDRESSES, 'CNAME']
const OF_DELEGATION: readonly string[] = ['NS', 'DS']

/** The error of a record that its zone does not allow; undefined if it does. */
export function conflictOf(
  record: StoredRecord,
  { namesakes, is_apex, delegation }: Neighbours,
  changes: ConflictChanges,
): ErrorDefinition | undefined {
  const { type, name } = record
  const hasAny = (isWanted: (type: string) => boolean): boolean => namesakes.some(other => isWanted(other.type))

  if (delegation.length > 0 && !(ADDRESSES.includes(type) && delegation.includes(name)))
    return ERRORS.dns_beneath_delegation
  // At the apex, NS records stand beside others (assumed: dns_delegation_at_apex).
  if (!is_apex && !OF_DELEGATION.includes(type) && hasAny(other => other === 'NS')) return ERRORS.dns_delegated
  if (!is_apex && type === 'NS' && hasAny(other => !OF_DELEGATION.includes(other)))
    return ERRORS.dns_delegation_not_alone
  // Also for the same CNAME again (recorded: dns_host_exists).
  if (type === 'CNAME' && hasAny(other => HOSTS.includes(other)))
    return changes.dns_conflict_links ? ERRORS.dns_host_exists : ERRORS.dns_host_exists_older
  if (ADDRESSES.includes(type) && hasAny(other => other === 'CNAME'))
    return changes.dns_conflict_links ? ERRORS.dns_cname_exists : ERRORS.dns_cname_exists_older
  if (namesakes.some(other => isIdentical(record, other)))
    return changes.dns_identical_81058 ? ERRORS.dns_identical : ERRORS.dns_identical_older
  return combinedLength(record, namesakes) > 8192 ? ERRORS.dns_set_too_long : undefined
}

/** The content of an SRV record lacks its priority. */
function isIdentical(record: StoredRecord, other: StoredRecord): boolean {
  return record.type === other.type && record.content === other.content && record.priority === other.priority
}

function combinedLength({ type, content }: StoredRecord, namesakes: readonly StoredRecord[]): number {
  const ofType = namesakes.filter(other => other.type === type)
  return ofType.reduce((length, other) => length + other.content.length, content.length)
}
