import type { Connectivity, Moment, TunnelFilter, TunnelRecord } from '../../schemas/records.ts'
import type { ConfigSource } from '../../schemas/tunnel.ts'
import type { Database } from './database.ts'

/** A tunnel with what its connections say at the moment of reading. */
export type TunnelWithConnectivity = TunnelRecord & Connectivity

interface TunnelRow {
  id: string
  account_tag: string
  name: string
  config_src: ConfigSource
  tunnel_secret: string
  metadata: string
  created_at: string
  deleted_at: string | null
  conns_active_at: string | null
  conns_inactive_at: string | null
}

interface ReadRow extends TunnelRow {
  ever_connected: 0 | 1
  live: 0 | 1
  impaired: 0 | 1
}

export interface Page {
  readonly items: readonly TunnelWithConnectivity[]
  /** Matching tunnels on all pages. */
  readonly total: number
}

const COLUMNS =
  'id, account_tag, name, config_src, tunnel_secret, metadata, created_at, deleted_at, conns_active_at, conns_inactive_at'

const OF_TUNNEL = 'c.account_tag = t.account_tag AND c.tunnel_id = t.id'
const TRACKED = 'c.closed_at IS NULL AND (c.lost_at IS NULL OR c.lost_at > @tracked_since)'
const PENDING = 'c.closed_at IS NULL AND c.lost_at > @tracked_since'

const EVER_CONNECTED = `EXISTS (SELECT 1 FROM connections c WHERE ${OF_TUNNEL})`
const LIVE = `EXISTS (SELECT 1 FROM connections c WHERE ${OF_TUNNEL} AND c.closed_at IS NULL AND c.lost_at IS NULL)`
/** count(lost_at) counts the lost ones, so the difference is how many are live. */
const IMPAIRED = `EXISTS (
  SELECT 1 FROM connections c WHERE ${OF_TUNNEL} AND ${TRACKED} GROUP BY c.client_id
  HAVING count(c.lost_at) > 0 OR count(*) - count(c.lost_at) < @healthy_connections)`
const EXISTED_AT = (instant: string): string =>
  `t.created_at <= ${instant} AND (t.deleted_at IS NULL OR t.deleted_at > ${instant})`
const WAS_LIVE_AT = (instant: string): string => `EXISTS (
  SELECT 1 FROM connections c WHERE ${OF_TUNNEL} AND c.opened_at <= ${instant}
    AND (c.lost_at IS NULL OR c.lost_at > ${instant}) AND (c.closed_at IS NULL OR c.closed_at > ${instant}))`

const READ = `SELECT ${COLUMNS}, ${EVER_CONNECTED} AS ever_connected, ${LIVE} AS live, ${IMPAIRED} AS impaired FROM tunnels t`

/** How each filter reads in SQL. Which of them a list uses decides its statement, prepared once and kept. */
const CONDITIONS: Record<string, (value: unknown) => string> = {
  name: () => 't.name = @name',
  uuid: () => 't.id = @uuid',
  deleted: value => (value ? 't.deleted_at IS NOT NULL' : 't.deleted_at IS NULL'),
  visible_until: () => 't.created_at <= @visible_until',
  existed_at: () => EXISTED_AT('@existed_at'),
  was_active_at: () => WAS_LIVE_AT('@was_active_at'),
  was_inactive_at: () => `${EXISTED_AT('@was_inactive_at')} AND NOT ${WAS_LIVE_AT('@was_inactive_at')}`,
  include_prefix: () => 'instr(t.name, @include_prefix) = 1',
  exclude_prefix: () => 'instr(t.name, @exclude_prefix) <> 1',
  ever_connected: value => (value ? EVER_CONNECTED : `NOT ${EVER_CONNECTED}`),
  live: value => (value ? LIVE : `NOT ${LIVE}`),
  impaired: value => (value ? IMPAIRED : `NOT ${IMPAIRED}`),
}

export const tunnelStore = (db: Database) => {
  const find = db.prepare<[object], ReadRow>(`${READ} WHERE t.account_tag = @account_tag AND t.id = @id`)
  const findByName = db.prepare<[object], TunnelRow>(
    `SELECT ${COLUMNS} FROM tunnels WHERE account_tag = @account_tag AND name = @name AND deleted_at IS NULL`,
  )
  const all = db.prepare<[], TunnelRow>(`SELECT ${COLUMNS} FROM tunnels ORDER BY created_at, account_tag, id`)
  const count = db.prepare<[], number>('SELECT count(*) FROM tunnels').pluck()
  const withPending = db.prepare<[object], TunnelRow>(
    `SELECT ${COLUMNS} FROM tunnels t WHERE EXISTS (SELECT 1 FROM connections c WHERE ${OF_TUNNEL} AND ${PENDING})`,
  )
  const withLive = db.prepare<[], TunnelRow>(`SELECT ${COLUMNS} FROM tunnels t WHERE ${LIVE}`)
  const insert = db.prepare<[TunnelRow]>(
    `INSERT INTO tunnels (${COLUMNS}) VALUES (@${COLUMNS.replaceAll(', ', ', @')})`,
  )
  const update = db.prepare<[TunnelRow]>(
    `UPDATE tunnels SET name = @name, config_src = @config_src, tunnel_secret = @tunnel_secret, metadata = @metadata,
       deleted_at = @deleted_at, conns_active_at = @conns_active_at, conns_inactive_at = @conns_inactive_at
     WHERE account_tag = @account_tag AND id = @id`,
  )

  const lists = new Map<string, ReturnType<typeof prepareList>>()
  const prepareList = (where: string) => ({
    count: db.prepare<[object], number>(`SELECT count(*) FROM tunnels t WHERE ${where}`).pluck(),
    page: db.prepare<[object], ReadRow>(
      `${READ} WHERE ${where} ORDER BY t.created_at DESC, t.id DESC LIMIT @limit OFFSET @offset`,
    ),
  })
  const listWhere = (where: string) => {
    const known = lists.get(where)
    if (known) return known

    const prepared = prepareList(where)
    lists.set(where, prepared)
    return prepared
  }

  return {
    /** The tunnel, deleted or not. */
    find: (account_tag: string, id: string, moment: Moment): TunnelWithConnectivity | undefined => {
      const row = find.get({ account_tag, id, ...moment })
      return row && withConnectivity(row)
    },

    /** The tunnel that bears a name now; a deleted one bears it no longer. */
    findByName: (account_tag: string, name: string): TunnelRecord | undefined => {
      const row = findByName.get({ account_tag, name })
      return row && recordOf(row)
    },

    /** How many there are in all accounts, deleted ones included. */
    count: (): number => count.get() ?? 0,

    /** Every tunnel of every account, oldest first. */
    all: (): readonly TunnelRecord[] => all.all().map(recordOf),

    /** Tunnels of which a lost connection is still tracked. */
    withPending: (moment: Moment): readonly TunnelRecord[] => withPending.all(moment).map(recordOf),

    /** Tunnels that have a live connection. */
    withLive: (): readonly TunnelRecord[] => withLive.all().map(recordOf),

    insert: (tunnel: TunnelRecord): void => {
      insert.run(rowOf(tunnel))
    },

    update: (tunnel: TunnelRecord): void => {
      update.run(rowOf(tunnel))
    },

    /** One page, newest first (assumed: list_order). Always two statements, whatever the size of the page. */
    list: (account_tag: string, filter: TunnelFilter, { limit, offset }: Window, moment: Moment): Page => {
      const { connectivity, ...others } = filter
      const wanted = Object.entries({ ...others, ...connectivity }).filter(([, value]) => value !== undefined)
      const conditions = wanted.map(([key, value]) => CONDITIONS[key]?.(value))
      const { count, page } = listWhere(['t.account_tag = @account_tag', ...conditions].join(' AND '))

      const texts = Object.fromEntries(wanted.filter(([, value]) => typeof value === 'string'))
      const parameters = { ...moment, ...texts, account_tag }
      return {
        items: page.all({ ...parameters, limit, offset }).map(withConnectivity),
        total: count.get(parameters) ?? 0,
      }
    },
  }
}

export interface Window {
  readonly limit: number
  readonly offset: number
}

const rowOf = ({ metadata, ...tunnel }: TunnelRecord): TunnelRow => ({ ...tunnel, metadata: JSON.stringify(metadata) })

const recordOf = ({ metadata, ...row }: TunnelRow): TunnelRecord => ({ ...row, metadata: JSON.parse(metadata) })

const withConnectivity = ({ ever_connected, live, impaired, ...row }: ReadRow): TunnelWithConnectivity => ({
  ...recordOf(row),
  ever_connected: ever_connected === 1,
  live: live === 1,
  impaired: impaired === 1,
})
