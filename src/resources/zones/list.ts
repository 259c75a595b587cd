import type { Zone, ZoneListQuery } from '../../../schemas/zone.ts'

/**
 * Selects the zones on the requested page (recorded: zone_page_size) and counts the matches on all
 * pages. Internal zones are listed only on request (documented: zone_internal_hidden).
 */
export function selectZones(zones: readonly Zone[], query: ZoneListQuery) {
  const ofType = zones.filter(({ type }) => (query.type ? query.type.includes(type) : type !== 'internal'))
  const conditions = conditionsOf(query)
  const matching = ofType.filter(zone =>
    query.match === 'any' && conditions.length > 0
      ? conditions.some(matches => matches(zone))
      : conditions.every(matches => matches(zone)),
  )
  const sorted = sortZones(matching, query)
  const start = (query.page - 1) * query.per_page
  return { items: sorted.slice(start, start + query.per_page), total: matching.length }
}

type Condition = (zone: Zone) => boolean

function conditionsOf(query: ZoneListQuery): readonly Condition[] {
  const { name, status, 'account.id': id, 'account.name': account } = query
  return [
    name === undefined ? undefined : (zone: Zone) => matchesText(zone.name, name),
    status === undefined ? undefined : (zone: Zone) => zone.status === status,
    id === undefined ? undefined : (zone: Zone) => zone.account.id === id.toLowerCase(),
    account === undefined ? undefined : (zone: Zone) => matchesText(zone.account.name, account),
  ].filter(condition => condition !== undefined)
}

/** Exact by default; an operator may precede the text (documented: zone_operators). */
const OPERATORS: Readonly<Record<string, (value: string, text: string) => boolean>> = {
  equal: (value, text) => value.toLowerCase() === text.toLowerCase(),
  not_equal: (value, text) => value.toLowerCase() !== text.toLowerCase(),
  starts_with: (value, text) => value.toLowerCase().startsWith(text.toLowerCase()),
  ends_with: (value, text) => value.toLowerCase().endsWith(text.toLowerCase()),
  contains: (value, text) => value.toLowerCase().includes(text.toLowerCase()),
  starts_with_case_sensitive: (value, text) => value.startsWith(text),
  ends_with_case_sensitive: (value, text) => value.endsWith(text),
  contains_case_sensitive: (value, text) => value.includes(text),
}

function matchesText(value: string, filter: string): boolean {
  const [, operator = 'equal', text = filter] = /^(\w+):(.*)$/s.exec(filter) ?? []
  const matches = Object.hasOwn(OPERATORS, operator) ? OPERATORS[operator] : undefined
  return matches ? matches(value, text) : value === filter
}

type SortKey = NonNullable<ZoneListQuery['order']>

const SORT_VALUES: Readonly<Record<SortKey, (zone: Zone) => string>> = {
  name: ({ name }) => name,
  status: ({ status }) => status,
  'account.id': ({ account }) => account.id,
  'account.name': ({ account }) => account.name,
  'plan.id': ({ plan }) => plan.id,
}

/** By name unless the query says otherwise (inferred: zone_order). */
function sortZones(zones: readonly Zone[], { order = 'name', direction }: ZoneListQuery): readonly Zone[] {
  const sortValue = SORT_VALUES[order]
  const sorted = zones.toSorted((a, b) => compare(sortValue(a), sortValue(b)) || compare(a.name, b.name))
  return direction === 'desc' ? sorted.reverse() : sorted
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b)
}
