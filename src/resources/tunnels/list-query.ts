/** Lists of tunnels: what a filter reads like in SQL, and how a page of many thousands is found without looking at them all. */
import type { Connectivity, Moment, TunnelFilter } from '../../../schemas/records.ts'
import { boundParameter as given } from '../../store/bound-parameter.ts'
import type { Database } from '../../store/database.ts'
import { type Group, groupsOf, standingBelow } from '../connections/connectivity.ts'
import { type ReadRow, readWith, type TunnelWithConnectivity, withConnectivity } from './row.ts'

export interface Page {
  readonly items: readonly TunnelWithConnectivity[]
  /** Matching tunnels on all pages. */
  readonly total: number
}

export interface Window {
  readonly limit: number
  readonly offset: number
}

function EXISTED_AT(instant: string): string {
  return `t.created_at <= ${instant} AND (t.deleted_at IS NULL OR t.deleted_at > ${instant})`
}

function WAS_LIVE_AT(instant: string): string {
  return `EXISTS (
  SELECT 1 FROM connections c WHERE c.account_tag = t.account_tag AND c.tunnel_id = t.id AND c.opened_at <= ${instant}
    AND (c.lost_at IS NULL OR c.lost_at > ${instant}) AND (c.closed_at IS NULL OR c.closed_at > ${instant}))`
}

/** How each filter reads in SQL; `deleted` and what connections say are told apart, since the tallies know them. */
const CONDITIONS: Readonly<Record<string, string>> = {
  name: `t.name = ${given('@name')}`,
  uuid: `t.id = ${given('@uuid')}`,
  visible_until: `t.created_at <= ${given('@visible_until')}`,
  existed_at: EXISTED_AT(given('@existed_at')),
  was_active_at: WAS_LIVE_AT(given('@was_active_at')),
  was_inactive_at: `${EXISTED_AT(given('@was_inactive_at'))} AND NOT ${WAS_LIVE_AT(given('@was_inactive_at'))}`,
  // A byte that no text has sorts behind all that begins so.
  include_prefix: `t.name >= ${given('@include_prefix')} AND t.name < ${given('@include_prefix')} || CAST(x'ff' AS TEXT)`,
  exclude_prefix: `instr(t.name, ${given('@exclude_prefix')}) <> 1`,
}

/** What a list asks for, as far as it decides the statements. */
interface Shape {
  readonly deleted: boolean | undefined
  readonly connectivity: Partial<Connectivity> | undefined
  /** Names of other filters. */
  readonly others: readonly string[]
  readonly healthy: number
}

/** One page, newest first (assumed: list_order), in two statements, whatever the size of the page. */
export function tunnelPage(
  db: Database,
  account_tag: string,
  filter: TunnelFilter,
  { limit, offset }: Window,
  moment: Moment,
): Page {
  const { connectivity, deleted, ...rest } = filter
  const others = Object.entries(rest).flatMap(([name, value]) => (value === undefined ? [] : [name]))
  const shape = { deleted, connectivity, others, healthy: moment.healthy_connections }

  const parameters = { account_tag, limit, offset, ...moment, ...rest }
  return {
    items: db.all<ReadRow>(pageOf(shape), parameters).map(withConnectivity),
    total: db.value<number>(`SELECT ${countOf(shape)}`, parameters) ?? 0,
  }
}

/** Each part has an index and comes in its order, and SQLite merges them until the page is full. */
function pageOf({ connectivity, deleted: wanted, ...shape }: Shape): string {
  const read = readWith(String(shape.healthy), '@tracked_since')
  const parts = (wanted === undefined ? [false, true] : [wanted]).flatMap(deleted =>
    partsOf(connectivity ?? (deleted || isByName(shape) ? undefined : ANY)).map(
      group => `${read} ${tunnelsOf({ ...shape, deleted }, group)}`,
    ),
  )
  return `${parts.join(' UNION ALL ')} ORDER BY created_at DESC, id DESC LIMIT ${given('@limit')} OFFSET ${given('@offset')}`
}

/** Of live tunnels each standing has its index. */
const ANY: Partial<Connectivity> = {}

/** These are found by another index, and then sorted. */
function isByName({ others }: Pick<Shape, 'others'>): boolean {
  return ['name', 'uuid', 'include_prefix'].some(name => others.includes(name))
}

/** Only where something else than deletion and connections is asked for, tunnels are counted one by one. */
function countOf({ connectivity, ...shape }: Shape): string {
  const counted = (group: Group | undefined): string => `(SELECT count(*) ${tunnelsOf(shape, group)})`
  const cheaply = (group: Group | undefined): string => {
    if (group?.latelyLost === undefined) return tallied(shape, group)
    const lost = counted({ ...group, latelyLost: true })
    return group.latelyLost ? lost : `${tallied(shape, group)} - ${lost}`
  }
  return partsOf(connectivity)
    .map(shape.others.length === 0 ? cheaply : counted)
    .join(' + ')
}

function partsOf(connectivity: Shape['connectivity']): readonly (Group | undefined)[] {
  return connectivity === undefined ? [undefined] : groupsOf(connectivity)
}

/** Those that lately lost a connection are few, and in no other index. */
function tunnelsOf({ deleted, others, healthy }: Omit<Shape, 'connectivity'>, group: Group | undefined): string {
  const conditions = [
    `t.account_tag = ${given('@account_tag')}`,
    ...(deleted === undefined ? [] : [`t.deleted_at IS ${deleted ? 'NOT NULL' : 'NULL'}`]),
    ...others.map(name => CONDITIONS[name]),
    ...(group === undefined ? [] : [`${standingBelow(healthy)} = ${group.standing}`]),
    ...(group?.latelyLost === true ? [`t.lost_at > ${given('@tracked_since')}`] : []),
    ...(group?.latelyLost === false ? [`(t.lost_at IS NULL OR t.lost_at <= ${given('@tracked_since')})`] : []),
  ]
  return `FROM tunnels t ${group?.latelyLost ? 'INDEXED BY lately_lost' : ''} WHERE ${conditions.join(' AND ')}`
}

function tallied({ deleted, healthy }: Omit<Shape, 'connectivity'>, group: Group | undefined): string {
  const conditions = [
    `account_tag = ${given('@account_tag')}`,
    ...(deleted === undefined ? [] : [`deleted = ${Number(deleted)}`]),
    ...(group === undefined ? [] : [`${standingBelow(healthy)} = ${group.standing}`]),
  ]
  return `(SELECT ifnull(sum(tunnels), 0) FROM tallies WHERE ${conditions.join(' AND ')})`
}
