import type { RecordType, StoredRecord } from '../../../schemas/dns-record.ts'
import type { RecordChange } from '../../../schemas/dns-record-changes.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import { canTypeBeProxied, isProxiable, readContent } from './content.ts'
import { FIELD_ERRORS as ERRORS } from './errors.ts'
import { fullName } from './names.ts'
import { type Problem, problem } from './problem.ts'
import type { RecordLimits } from './rules.ts'

/** What the fields of a record say, without what the service adds. */
export type RecordValues = Omit<StoredRecord, 'id' | 'zone_id' | `${string}_on`>

export interface FieldRules {
  /** The name of the zone. */
  readonly zone: string
  readonly limits: RecordLimits
  readonly changes: FieldChanges
}

type FieldChanges = Pick<DatedChanges, 'dns_empty_name_refused' | 'dns_target_9003' | 'dns_ttl_bounds'>

/** The values that fields lead to, with defaults (documented: dns_defaults), or all their problems. */
export function readFields(
  change: RecordChange,
  rules: FieldRules,
): { readonly values: RecordValues } | { readonly problems: readonly [Problem, ...Problem[]] } {
  const { type } = change
  const missing = missingFields(change)
  const name = nameOf(change, rules)
  const read = type === undefined ? { problems: [] } : readContent(type, name, change)
  const content = 'content' in read ? read.content : ''
  const problems = [
    ...missing.map(field => problem(ERRORS.dns_field_missing, field)),
    ...(change.name !== undefined && name === undefined ? [problem(ERRORS.dns_name_invalid)] : []),
    ...('problems' in read ? read.problems : []),
    ...settingProblems(change, rules),
    ...('content' in read && type !== undefined ? proxyProblems(type, content, change, rules.changes) : []),
  ]
  const [first, ...others] = problems
  if (first || name === undefined || type === undefined)
    return { problems: [first ?? problem(ERRORS.dns_name_invalid), ...others] }

  const proxied = change.proxied ?? false
  return {
    values: {
      type,
      name,
      content,
      priority: priorityOf(type, change),
      data: change.data ?? null,
      // (documented: dns_proxied_ttl)
      ttl: proxied ? 1 : (change.ttl ?? 1),
      proxied,
      settings: change.settings ?? {},
      // An empty comment is none (assumed: dns_comment_empty).
      comment: change.comment || null,
      tags: change.tags ?? [],
    },
  }
}

const NEEDS_PRIORITY: readonly RecordType[] = ['MX', 'URI']

function missingFields({ type, name, priority }: RecordChange): readonly string[] {
  return [
    ...(type === undefined ? ['type'] : []),
    ...(name === undefined ? ['name'] : []),
    ...(type !== undefined && NEEDS_PRIORITY.includes(type) && priority === undefined ? ['priority'] : []),
  ]
}

/** An empty name was the zone until 2022 (recorded: dns_empty_name_refused). */
function nameOf({ name }: RecordChange, { zone, changes }: FieldRules): string | undefined {
  if (name === undefined) return undefined
  return fullName(name === '' && !changes.dns_empty_name_refused ? '@' : name, zone)
}

function settingProblems(change: RecordChange, { limits, changes }: FieldRules): readonly Problem[] {
  const { ttl = 1, proxied = false, comment = '', tags = [] } = change
  const { min, max } = limits.ttl
  const isTtlValid = proxied || ttl === 1 || (ttl >= min && ttl <= max)
  const ttlProblem = changes.dns_ttl_bounds
    ? problem(ERRORS.dns_ttl_invalid, `${min} and ${max}`)
    : problem(ERRORS.dns_ttl_invalid_older)
  return [
    ...(isTtlValid ? [] : [ttlProblem]),
    ...([...comment].length > limits.comment ? [problem(ERRORS.dns_comment_too_long, String(limits.comment))] : []),
    ...(tags.length > limits.tags
      ? [problem(ERRORS.dns_tags_too_many, `${tags.length} tags, exceeding the quota of ${limits.tags}`)]
      : []),
  ]
}

function proxyProblems(
  type: RecordType,
  content: string,
  { proxied = false }: RecordChange,
  { dns_target_9003 }: FieldChanges,
): readonly Problem[] {
  if (!proxied) return []
  if (!canTypeBeProxied(type)) return [problem(ERRORS.dns_type_not_proxiable)]
  if (isProxiable(type, content)) return []
  return [
    dns_target_9003 ? problem(ERRORS.dns_target_not_allowed, content) : problem(ERRORS.dns_target_not_allowed_older),
  ]
}

/** SRV records have it in `data`; for other types it is ignored (documented: dns_priority). */
function priorityOf(type: RecordType, { priority, data }: RecordChange): number | null {
  if (type === 'SRV') return Number(data?.priority)
  return NEEDS_PRIORITY.includes(type) ? (priority ?? null) : null
}
