/** Routes on the left, their tunnels on the right, one cable for each route. */
import { useSignal } from '@preact/signals'
import type { ComponentChildren } from 'preact'
import { useRef } from 'preact/hooks'
import { href } from '../../data/route.ts'
import { nameOfTunnel, tunnelOf } from '../../data/store.ts'
import { visible } from '../../parts/format.ts'
import { Glyph, STATUS_WORDS } from '../../parts/status.tsx'
import { useWidth } from '../tunnels/measure.ts'
import { BOX_HEIGHT, type RouteEnd, type RouteRow, routePicture } from './route-picture.ts'

export interface MapRow extends RouteRow {
  /** A network or a hostname. */
  readonly label: string
  readonly comment: string
  /** More about it, in words. */
  readonly note?: ComponentChildren
}

/** Where cables are so short, labels need two lines. */
const NARROW = 60

export function RouteMap({ label, rows }: { label: string; rows: readonly MapRow[] }) {
  const lit = useSignal<string | undefined>(undefined)
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const isNarrow = width < NARROW
  const rowHeight = isNarrow ? 68 : 52
  const { ends, tunnels, height } = routePicture(rows, rowHeight)
  const faded = (tunnel_id: string): string => (lit.value === undefined || lit.value === tunnel_id ? '' : ' faded')
  const handlers = (tunnel_id: string) => ({
    onPointerEnter: () => (lit.value = tunnel_id),
    onPointerLeave: () => (lit.value = undefined),
    onFocusIn: () => (lit.value = tunnel_id),
    onFocusOut: () => (lit.value = undefined),
  })
  return (
    <div class={`route-map${isNarrow ? ' narrow' : ''}`} style={{ minHeight: `${height}px` }}>
      <ul class="route-rows" aria-label={label}>
        {rows.map(row => (
          <li key={row.id} style={{ height: `${rowHeight}px` }} {...handlers(row.tunnel_id)}>
            <p class="route-label">
              <code>{visible(row.label)}</code>
              <span class="off-screen"> leads to {visible(nameOfTunnel(row.tunnel_id))}</span> {row.note}
            </p>
            <p class="quiet-text cut route-comment">{visible(row.comment)}</p>
          </li>
        ))}
      </ul>
      <div class="route-cables" ref={place}>
        <svg class="cables" width={width} height={height} aria-hidden="true">
          {ends.map(end => (
            <path
              key={end.id}
              class={`route-cable ${statusOf(end.tunnel_id) ?? 'gone'}${faded(end.tunnel_id)}`}
              d={curve(end, width)}
            />
          ))}
          {ends.map(({ id, from }) => (
            <circle key={id} class="socket" cx={3} cy={from} r={3} />
          ))}
        </svg>
      </div>
      <ul class="route-tunnels" aria-label={`Tunnels of ${label}`}>
        {tunnels.map(({ tunnel_id, y }) => (
          <li
            key={tunnel_id}
            style={{ top: `${y - BOX_HEIGHT / 2}px`, height: `${BOX_HEIGHT}px` }}
            {...handlers(tunnel_id)}
          >
            <TunnelBox tunnel_id={tunnel_id} />
          </li>
        ))}
      </ul>
    </div>
  )
}

function TunnelBox({ tunnel_id }: { tunnel_id: string }) {
  const status = statusOf(tunnel_id)
  return (
    <a class="route-tunnel" data-row href={href(['tunnels', tunnel_id])}>
      <Glyph status={status ?? 'down'} />
      <b>{visible(nameOfTunnel(tunnel_id))}</b>
      <span class={`small ${status ?? 'down'}`}>{status ? STATUS_WORDS[status] : 'deleted'}</span>
    </a>
  )
}

/** Undefined: the tunnel is deleted or unknown. */
function statusOf(tunnel_id: string) {
  const tunnel = tunnelOf(tunnel_id)
  return tunnel?.deleted_at === null ? tunnel.status : undefined
}

function curve({ from, to }: RouteEnd, width: number): string {
  const bend = width / 2
  return `M5 ${from}C${bend} ${from} ${width - bend} ${to} ${width} ${to}`
}
