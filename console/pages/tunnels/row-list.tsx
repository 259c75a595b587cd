/** The rows of the panel, with a picture on their right. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { lazy } from '../../parts/lazy.tsx'
import { useHeldOrder, useSlidingRows } from './held.ts'
import { useSlice } from './measure.ts'
import { TunnelRow } from './row.tsx'
import { rowOf, useRowStops } from './row-stops.ts'
import { find, rows as sorted, status, withDeleted } from './rows.ts'
import { shownVerbs } from './verbs-open.ts'

const Verbs = lazy(async () => (await import('./verbs.tsx')).Verbs)

const ROW_HEIGHT = 50
/** Longer lists draw only the rows on the screen. */
const FEW_ROWS = 60

export interface PictureProps {
  /** Those on the screen. */
  readonly rows: readonly OverviewTunnel[]
  /** The number of the first one. */
  readonly first: number
  readonly rowHeight: number
  /** Tells how high the picture is, when it is higher than its rows. */
  readonly onHeight: (height: number) => void
}

interface RowListProps {
  readonly label: string
  /** The head of the picture. */
  readonly columns: ComponentChildren
  readonly isMarked: (tunnel: OverviewTunnel) => boolean
  /** The row under the pointer or the focus. */
  readonly onPoint: (tunnel_id: string | undefined) => void
  /** What the picture shows of a row. */
  readonly wordsOf?: (tunnel: OverviewTunnel) => string
  readonly children: (props: PictureProps) => ComponentChildren
}

export function RowList({ label, columns, isMarked, onPoint, wordsOf, children }: RowListProps) {
  const { rows, handlers } = useHeldOrder(sorted.value, `${status.value} ${find.value} ${withDeleted.value}`)
  const list = useRef<HTMLOListElement>(null)
  const pictureHeight = useSignal(0)
  const { stopId, onFocusIn, ...keys } = useRowStops(rows, list, ROW_HEIGHT)
  const { first, end } = useSlice(list, { length: rows.length, rowHeight: ROW_HEIGHT, few: FEW_ROWS })
  const shown = rows.slice(first, end)
  useSlidingRows(list)

  const height = Math.max(rows.length * ROW_HEIGHT, shown.length === rows.length ? pictureHeight.value : 0)
  return (
    <section class="panel tunnel-panel" aria-label={label} {...handlers}>
      <div class="tunnel-columns" aria-hidden="true">
        <span>Tunnel</span>
        <span>Status and connectors</span>
        {columns}
      </div>
      <div class="tunnel-body" style={{ height: `${height}px` }}>
        <ol
          class="tunnel-rows"
          ref={list}
          {...keys}
          onPointerOver={event => onPoint(rowOf(event.target))}
          onPointerLeave={() => onPoint(undefined)}
          onFocusIn={event => {
            onFocusIn(event)
            onPoint(rowOf(event.target))
          }}
          onFocusOut={() => onPoint(undefined)}
        >
          {shown.map((tunnel, nth) => (
            <TunnelRow
              key={tunnel.tunnel_id}
              tunnel={tunnel}
              top={(first + nth) * ROW_HEIGHT}
              isStop={tunnel.tunnel_id === stopId}
              isMarked={isMarked(tunnel)}
              words={wordsOf?.(tunnel)}
            />
          ))}
        </ol>
        {children({
          rows: shown,
          first,
          rowHeight: ROW_HEIGHT,
          onHeight: value => {
            pictureHeight.value = value
          },
        })}
      </div>
      {shownVerbs.value && <Verbs />}
    </section>
  )
}
