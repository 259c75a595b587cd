/** Queries one page of tunnels, with each filter as SQL. */
import type { Moment } from '../../../schemas/records.ts'
import type { TunnelStatus } from '../../../schemas/tunnel.ts'
import { boundParameter } from '../../store/bound-parameter.ts'
import type { Database } from '../../store/database.ts'
import { connectivityOf, statusOf } from '../connections/rules.ts'
import { IS_TRACKED_LOSS } from '../connections/store.ts'
import { type ConnectivityRow, SELECT_WITH_CONNECTIVITY, type TunnelWithConnectivity, withConnectivity } from './row.ts'
import type { TunnelFilter } from './rules.ts'

export interface Page {
  readonly items: readonly TunnelWithConnectivity[]
  /** Matching tunnels on all pages. */
  readonly total: number
}

export interface Window {
  readonly limit: number
  readonly offset: number
}

function existedAt(instant: string): string {
  return `t.created_at <= ${instant} AND (t.deleted_at IS NULL OR t.deleted_at > ${instant})`
}

function wasLiveAt(instant: string): string {
  return `EXISTS (
  SELECT 1 FROM connections c WHERE c.account_tag = t.account_tag AND c.tunnel_id = t.id AND c.opened_at <= ${instant}
    AND (c.lost_at IS NULL OR c.lost_at > ${instant}) AND (c.closed_at IS NULL OR c.closed_at > ${instant}))`
}

/**
 * The filters that become a WHERE condition. `deleted` and `status` select the parts of a list
 * instead.
 */
const CONDITIONS: Readonly<Record<Exclude<keyof TunnelFilter, 'deleted' | 'status'>, string>> = {
  name: `t.name = ${boundParameter('@name')}`,
  uuid: `t.id = ${boundParameter('@uuid')}`,
  visible_until: `t.created_at <= ${boundParameter('@visible_until')}`,
  existed_at: existedAt(boundParameter('@existed_at')),
  was_active_at: wasLiveAt(boundParameter('@was_active_at')),
  was_inactive_at: `${existedAt(boundParameter('@was_inactive_at'))}
    AND NOT ${wasLiveAt(boundParameter('@was_inactive_at'))}`,
  // 0xFF occurs in no UTF-8 text, so it sorts after every name with this prefix.
  include_prefix: `t.name >= ${boundParameter('@include_prefix')}
    AND t.name < ${boundParameter('@include_prefix')} || CAST(x'ff' AS TEXT)`,
  exclude_prefix: `instr(t.name, ${boundParameter('@exclude_prefix')}) <> 1`,
}

/**
 * Returns one page, by ascending id (recorded: list_order). It takes two statements, or three with
 * a status filter, for any page size.
 */
export function tunnelPage(
  db: Database,
  account_tag: string,
  filter: TunnelFilter,
  window: Window,
  moment: Moment,
): Page {
  const parts = partsOf(db, account_tag, filter, moment).map(
    ({ from = 'tunnels t', where }) => `FROM ${from} WHERE ${where.join(' AND ')}`,
  )
  if (parts.length === 0) return { items: [], total: 0 }

  const parameters = { account_tag, ...window, ...moment, ...filter }
  const rows = db.all<ConnectivityRow>(
    `${parts.map(part => `${SELECT_WITH_CONNECTIVITY} ${part}`).join(' UNION ALL ')} ${BY_ID}`,
    parameters,
  )
  const total = db.value<number>(`SELECT ${parts.map(part => `(SELECT count(*) ${part})`).join(' + ')}`, parameters)
  return { items: rows.map(row => withConnectivity(row, moment)), total: total ?? 0 }
}

const BY_ID = `ORDER BY id
  LIMIT ${boundParameter('@limit')} OFFSET ${boundParameter('@offset')}`

interface Part {
  readonly from?: string
  readonly where: readonly string[]
}

/**
 * Splits a list into parts that SQLite can read by ascending id, most of them from an index, until
 * the page is full.
 */
function partsOf(db: Database, account_tag: string, filter: TunnelFilter, moment: Moment): readonly Part[] {
  const { deleted, status } = filter
  const values: Readonly<Record<string, unknown>> = { ...filter }
  const conditions = Object.entries(CONDITIONS).flatMap(([name, sql]) => (values[name] === undefined ? [] : [sql]))

  return (deleted === undefined ? [false, true] : [deleted]).flatMap(isDeleted => {
    const where = [OF_ACCOUNT, isDeleted ? 't.deleted_at IS NOT NULL' : 't.deleted_at IS NULL', ...conditions]
    if (status === undefined) return [{ where }]

    const counts = db.all<{ count: number }>(isDeleted ? COUNTS_OF_DELETED : COUNTS_OF_LIVE, { account_tag })
    return counts.flatMap(({ count }) => withStatus(status, [...where, `t.fewest_live = ${count}`], { count, moment }))
  })
}

const OF_ACCOUNT = `t.account_tag = ${boundParameter('@account_tag')}`

/**
 * Selects the few different values of `fewest_live` in an account, smallest first. Each step is
 * one index lookup.
 */
function countsWhere(deletion: string): string {
  const selectSmallest = (condition = '') =>
    `SELECT min(t.fewest_live) FROM tunnels t WHERE ${OF_ACCOUNT} AND t.deleted_at ${deletion} ${condition}`
  return `WITH RECURSIVE counts(count) AS (
      ${selectSmallest()} UNION ALL SELECT (${selectSmallest('AND t.fewest_live > count')}) FROM counts WHERE count IS NOT NULL)
    SELECT count FROM counts WHERE count IS NOT NULL`
}

const COUNTS_OF_LIVE = countsWhere('IS NULL')
const COUNTS_OF_DELETED = countsWhere('IS NOT NULL')

const TRACKED_LOSSES = `SELECT tunnel_id FROM connections
  WHERE account_tag = ${boundParameter('@account_tag')} AND ${IS_TRACKED_LOSS}`

/** CROSS JOIN makes SQLite start from the lost connections, of which there are few. */
const WITH_TRACKED_LOSS = `(SELECT DISTINCT tunnel_id FROM (${TRACKED_LOSSES})) lost CROSS JOIN tunnels t ON t.id = lost.tunnel_id`

/**
 * Returns the tunnels with this `fewest_live` that have the status. `statusOf` decides whether
 * those are all, none, or only the ones with or without a pending reconnect.
 */
function withStatus(
  status: TunnelStatus,
  where: readonly string[],
  { count, moment }: { readonly count: number; readonly moment: Moment },
): readonly Part[] {
  const [ifPending, ifNot] = [true, false].map(pending => statusOf(connectivityOf(count, pending, moment)) === status)
  if (ifPending && ifNot) return [{ where }]
  if (ifPending) return [{ from: WITH_TRACKED_LOSS, where }]
  return ifNot ? [{ where: [...where, `t.id NOT IN (${TRACKED_LOSSES})`] }] : []
}
