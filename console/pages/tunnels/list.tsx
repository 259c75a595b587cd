/** A plain table of the tunnels, for when they are many. */
import { useRef } from 'preact/hooks'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { href, query, setQuery } from '../../data/route.ts'
import { Icon } from '../../parts/icon.tsx'
import { lazy } from '../../parts/lazy.tsx'
import { COLUMNS, nameOf } from './columns.tsx'
import { useHeldOrder } from './held.ts'
import { useSlice } from './measure.ts'
import { MoreButton } from './more-button.tsx'
import { moveFocus } from './move-focus.ts'
import { byName, sortedBy } from './order.ts'
import { useRowStops } from './row-stops.ts'
import { find, status, withDeleted, rows as worstFirst } from './rows.ts'
import { shownVerbs } from './verbs-open.ts'

const Verbs = lazy(async () => (await import('./verbs.tsx')).Verbs)

const ROW_HEIGHT = 36
/** Longer lists draw only the rows on the screen. */
const FEW_ROWS = 300

export function ListLens() {
  const sort = query.value.get('sort') ?? 'status'
  const rows = sorted(worstFirst.value, sort)
  const held = useHeldOrder(rows, `${sort} ${status.value} ${find.value} ${withDeleted.value}`)
  const table = useRef<HTMLTableElement>(null)
  const { first, end } = useSlice(table, { length: rows.length, rowHeight: ROW_HEIGHT, few: FEW_ROWS })
  const { stopId, ...handlers } = useRowStops(held.rows, table, ROW_HEIGHT)
  return (
    <section class="panel tunnel-panel" aria-label="Tunnels as a table" {...held.handlers}>
      <table class="tunnel-table" ref={table} aria-rowcount={rows.length + 1}>
        <caption class="off-screen">Tunnels</caption>
        <thead onKeyDown={moveFocus}>
          <tr>
            <SortHead name="name" label="Tunnel" sort={sort} kind="name" />
            {COLUMNS.map(({ key, label, kind, rank, width }) => (
              <SortHead
                key={key}
                name={key}
                label={label}
                sort={sort}
                width={width}
                kind={`rank-${rank} ${kind ?? ''}`}
              />
            ))}
            <td class="more" />
          </tr>
        </thead>
        <Room rows={first} />
        <tbody {...handlers}>
          {held.rows.slice(first, end).map((tunnel, nth) => (
            <TableRow
              key={tunnel.tunnel_id}
              tunnel={tunnel}
              index={first + nth + 2}
              isStop={tunnel.tunnel_id === stopId}
            />
          ))}
        </tbody>
        <Room rows={rows.length - end} />
      </table>
      {shownVerbs.value && <Verbs />}
    </section>
  )
}

interface TableRowProps {
  readonly tunnel: OverviewTunnel
  readonly index: number
  readonly isStop: boolean
}

function TableRow({ tunnel, index, isStop }: TableRowProps) {
  const { tunnel_id, deleted_at } = tunnel
  return (
    <tr class={deleted_at === null ? '' : 'deleted'} data-tunnel={tunnel_id} aria-rowindex={index}>
      <th scope="row">
        <a class="tunnel-name" data-row href={href(['tunnels', tunnel_id])} tabIndex={isStop ? 0 : -1}>
          {nameOf(tunnel)}
        </a>
      </th>
      {COLUMNS.map(({ key, kind, rank, cell }) => (
        <td key={key} class={`rank-${rank} ${kind ?? ''}`}>
          {cell(tunnel)}
        </td>
      ))}
      <td class="more">{deleted_at === null && <MoreButton tunnel={tunnel} isStop={isStop} />}</td>
    </tr>
  )
}

/** Of rows that are not on the screen. */
function Room({ rows }: { rows: number }) {
  if (rows === 0) return null
  return (
    <tbody>
      <tr>
        <td style={{ height: `${rows * ROW_HEIGHT}px` }} />
      </tr>
    </tbody>
  )
}

interface SortHeadProps {
  readonly name: string
  readonly label: string
  readonly sort: string
  readonly kind?: string
  readonly width?: number | undefined
}

function SortHead({ name, label, sort, width, kind = '' }: SortHeadProps) {
  const isAscending = sort === name
  const isSorted = isAscending || sort === `-${name}`
  return (
    <th
      scope="col"
      class={kind}
      style={width === undefined ? {} : { width: `${width}px` }}
      aria-sort={isSorted ? (isAscending ? 'ascending' : 'descending') : undefined}
    >
      <button
        type="button"
        class="sort"
        tabIndex={isSorted ? 0 : -1}
        onClick={() => setQuery({ sort: isAscending ? `-${name}` : name })}
      >
        {label}
        {isSorted && <Icon name={isAscending ? 'up' : 'down'} size={12} />}
      </button>
    </th>
  )
}

function sorted(tunnels: readonly OverviewTunnel[], sort: string): readonly OverviewTunnel[] {
  const isDescending = sort.startsWith('-')
  const key = isDescending ? sort.slice(1) : sort
  if (key === 'name') return tunnels.toSorted((a, b) => byName(a, b) * (isDescending ? -1 : 1))
  const column = COLUMNS.find(one => one.key === key)
  return column ? sortedBy(tunnels, column.sortedBy, isDescending) : tunnels
}
