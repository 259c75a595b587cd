import type { StoredRecord } from '../../../schemas/dns-record.ts'
import type { RecordListQuery } from '../../../schemas/dns-record-list.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database } from '../../store/database.ts'
import { COLUMNS, type RecordRow, recordOf } from './row.ts'
import { countRecords } from './store.ts'

/** Selects the records on the requested page, and counts the matches on all pages. */
export function recordPage(db: Database, zone_id: string, query: RecordListQuery) {
  const conditions = conditionsOf(query)
  const where = [`zone_id = ${boundParameter('@zone_id')}`, ...conditions].join(' AND ')
  const window = { limit: query.per_page, offset: (query.page - 1) * query.per_page }
  const values = { ...filterValues(query), zone_id }
  const page = `LIMIT ${boundParameter('@limit')} OFFSET ${boundParameter('@offset')}`
  const rows = db.all<RecordRow>(
    `SELECT ${COLUMNS} FROM ${tableFor(query)} WHERE ${where} ORDER BY ${orderOf(query)} ${page}`,
    { ...values, ...window },
  )
  const total =
    conditions.length === 0
      ? countRecords(db, zone_id)
      : (db.value<number>(`SELECT count(*) FROM ${tableFor(query)} WHERE ${where}`, values) ?? 0)
  return { items: rows.map(recordOf) as readonly StoredRecord[], total }
}

/** Without statistics, SQLite would rather scan the zone in the wanted order than sort a few records. */
function tableFor({ match, name, 'name.exact': exact }: RecordListQuery): string {
  const isByName = match === 'all' && (name ?? exact) !== undefined
  return isByName ? 'dns_records INDEXED BY dns_records_by_name' : 'dns_records'
}

/**
 * By type and name, the newest of a name first (recorded: dns_order). `direction` turns only the
 * field that `order` names (assumed: dns_direction).
 */
function orderOf({ order, direction }: RecordListQuery): string {
  return `${order} ${direction}, name, created_on DESC, number DESC`
}

/** Filters ignore case (documented: dns_filters). `@value` stands for the parameter. */
const COMPARISONS = {
  exact: (field: string) => `lower(${field}) = lower(@value)`,
  contains: (field: string) => `instr(lower(${field}), lower(@value)) > 0`,
  startswith: (field: string) => `substr(lower(${field}), 1, length(@value)) = lower(@value)`,
  endswith: (field: string) => `substr(lower(${field}), length(${field}) - length(@value) + 1) = lower(@value)`,
}

/** Names are stored in lower case, and an index finds them. */
const NAME_EXACT = 'name = lower(@value)'

const COLON = `instr(value || ':', ':')`
const TAG_NAME = `substr(value, 1, ${COLON} - 1)`
const TAG_VALUE = `substr(value, ${COLON} + 1)`

function someTag(condition: string): string {
  return `EXISTS (SELECT 1 FROM json_each(tags) WHERE ${condition})`
}

const HAS_TAG = someTag(`lower(${TAG_NAME}) = lower(@value)`)

const TEXT_FILTERS = ['content', 'comment'].flatMap(field => [
  [field, COMPARISONS.exact(field)],
  ...Object.entries(COMPARISONS).map(([name, compare]) => [`${field}.${name}`, compare(field)]),
])

const NAME_FILTERS = [
  ['name', NAME_EXACT],
  ...Object.entries(COMPARISONS).map(([name, compare]) => [
    `name.${name}`,
    name === 'exact' ? NAME_EXACT : compare('name'),
  ]),
]

/** Conditions by the key of the query. */
const FILTERS: Readonly<Record<string, string>> = Object.fromEntries([
  ...NAME_FILTERS,
  ...TEXT_FILTERS,
  ['comment.present', 'comment IS NOT NULL'],
  ['comment.absent', 'comment IS NULL'],
  ['type', 'type = @value'],
  ['proxied', 'proxied = @value'],
])

const TAG_EXACT = someTag('lower(value) = lower(@value)')

/** Such a filter compares the value of the tag that it names. */
function tagCondition(compare: (field: string) => string): string {
  return someTag(
    `lower(${TAG_NAME}) = lower(@value_name) AND ${compare(TAG_VALUE).replaceAll('@value', '@value_text')}`,
  )
}

const TAG_FILTERS: Readonly<Record<string, string>> = {
  tag: TAG_EXACT,
  'tag.exact': TAG_EXACT,
  'tag.contains': tagCondition(COMPARISONS.contains),
  'tag.startswith': tagCondition(COMPARISONS.startswith),
  'tag.endswith': tagCondition(COMPARISONS.endswith),
  'tag.present': HAS_TAG,
  'tag.absent': `NOT ${HAS_TAG}`,
}

/** Its fields are our choice (assumed: dns_search). */
const SEARCH = ['name', 'content', 'comment', 'tags']
  .map(field => COMPARISONS.contains(`ifnull(${field}, '')`).replaceAll('@value', boundParameter('@search')))
  .join(' OR ')

/** Tags are combined by `tag_match`, then all filters by `match`; `search` stands for itself. */
function conditionsOf(query: RecordListQuery): readonly string[] {
  const tags = combined(conditionsIn(TAG_FILTERS, query), query.tag_match)
  const filters = combined([...conditionsIn(FILTERS, query), ...tags], query.match)
  return query.search === undefined ? filters : [...filters, `(${SEARCH})`]
}

function conditionsIn(filters: Readonly<Record<string, string>>, query: RecordListQuery): readonly string[] {
  const given: Readonly<Record<string, unknown>> = query
  return Object.entries(filters).flatMap(([key, sql]) =>
    given[key] === undefined
      ? []
      : [sql.replaceAll(/@value(\w*)/g, (_all, part) => boundParameter(`@${parameterOf(key)}${part}`))],
  )
}

function combined(conditions: readonly string[], match: 'all' | 'any'): readonly string[] {
  return conditions.length === 0 ? [] : [`(${conditions.join(match === 'any' ? ' OR ' : ' AND ')})`]
}

function parameterOf(key: string): string {
  return key.replace('.', '_')
}

/** The parameters of all conditions. A tag is also given as its name and its value. */
function filterValues(query: RecordListQuery): Readonly<Record<string, string | number>> {
  const values = Object.entries(query).flatMap(([key, value]) => {
    const parameter = parameterOf(key)
    if (!key.startsWith('tag.')) return [[parameter, typeof value === 'boolean' ? Number(value) : value]]
    const [name = '', ...text] = String(value).split(':')
    return [
      [parameter, value],
      [`${parameter}_name`, name],
      [`${parameter}_text`, text.join(':')],
    ]
  })
  return Object.fromEntries(values)
}
