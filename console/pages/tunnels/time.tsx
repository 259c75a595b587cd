/** The last 15 minutes and the next five, as a lane for each tunnel. */
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import type { OverviewTunnel } from '../../../schemas/control/overview.ts'
import { due, info, tunnelOf } from '../../data/store.ts'
import { cursor, now } from '../../data/time.ts'
import { timeOf } from '../../parts/format.ts'
import { STATUS_WORDS } from '../../parts/status.tsx'
import { withDue } from '../../picture/ahead.ts'
import { laneOf, type TimeSpan } from '../../picture/lanes.ts'
import { Lanes, ticksOf, xIn } from '../../picture/lanes.tsx'
import { useWidth } from './measure.ts'
import { type PictureProps, RowList } from './row-list.tsx'
import { type Description, TimeCursor } from './time-cursor.tsx'

const MINUTE = 60_000
const PAST_MS = 15 * MINUTE
const AHEAD_MS = 5 * MINUTE

export function TimeLens() {
  const pointed = useSignal<string | undefined>(undefined)
  const span = spanAround(now.value, cursor.value)
  return (
    <RowList
      label="Tunnels over time"
      columns={<Axis span={span} />}
      isMarked={({ tunnel_id }) => tunnel_id === pointed.value}
      onPoint={tunnel_id => {
        pointed.value = tunnel_id
      }}
      wordsOf={tunnel => wordsOf(tunnel, span)}
    >
      {props => (
        <Picture
          {...props}
          span={span}
          onPoint={tunnel_id => {
            pointed.value = tunnel_id
          }}
        />
      )}
    </RowList>
  )
}

/** A time cursor that is further back takes the lanes with it. */
function spanAround(at: number, looking: number | undefined): TimeSpan {
  const middle = looking !== undefined && looking < at - PAST_MS ? looking + AHEAD_MS : at
  return { from: middle - PAST_MS, to: middle + AHEAD_MS, now: at }
}

/** Lanes in percent of the width need no measuring. */
function Axis({ span }: { span: TimeSpan }) {
  const xOf = xIn(span, 100)
  return (
    <span class="axis">
      {ticksOf(span).map(at => (
        <span key={at} class={at === span.now ? 'is-now' : ''} style={{ left: `${xOf(at)}%` }}>
          {at === span.now ? 'now' : `${at < span.now ? '−' : '+'}${Math.abs(at - span.now) / MINUTE} m`}
        </span>
      ))}
    </span>
  )
}

interface TimePictureProps extends PictureProps {
  readonly span: TimeSpan
  readonly onPoint: (tunnel_id: string | undefined) => void
}

function Picture({ rows, first, rowHeight, span, onPoint }: TimePictureProps) {
  const place = useRef<HTMLDivElement>(null)
  const width = useWidth(place)
  const height = (first + rows.length) * rowHeight
  const lanes = rows.map(({ tunnel_id }, nth) => ({
    tunnel_id,
    y: (first + nth + 0.5) * rowHeight,
    ...laneAt(tunnel_id, span),
  }))
  const laneUnder = (y: number) => lanes[Math.floor(y / rowHeight) - first]
  const describe = (y: number, at: number): Description | undefined => {
    const lane = laneUnder(y)
    const stretch = lane?.stretches.find(({ from, to }) => from <= at && at < to)
    return lane && stretch && { y: lane.y, text: `${STATUS_WORDS[stretch.status]}, ${stretch.live} live` }
  }
  return (
    <div class="picture time" ref={place}>
      {width > 0 && (
        <>
          <Lanes lanes={lanes} span={span} width={width} height={height} />
          <TimeCursor
            span={span}
            width={width}
            describe={describe}
            onPoint={y => onPoint(y === undefined ? undefined : laneUnder(y)?.tunnel_id)}
          />
        </>
      )}
    </div>
  )
}

/** Of the tunnel as the server tells it: a row may show it at another instant. */
function laneAt(tunnel_id: string, span: TimeSpan) {
  const tunnel = tunnelOf(tunnel_id)
  const pendingMs = info.value?.pending_reconnect_ms ?? 0
  if (!tunnel) return { stretches: [], due: [] }
  const own = due.value.filter(item => item.tunnel_id === tunnel_id)
  return {
    stretches: laneOf(withDue(tunnel, own, pendingMs), span, pendingMs),
    due: [...new Set(own.map(({ at }) => Date.parse(at)))].filter(at => at < span.to),
  }
}

/** What continues after now needs no word. */
function wordsOf({ tunnel_id }: OverviewTunnel, span: TimeSpan): string {
  const { stretches } = laneAt(tunnel_id, span)
  return stretches
    .filter(({ from, status, live }, nth) => {
      const before = stretches[nth - 1]
      return from !== span.now || before?.status !== status || before.live !== live
    })
    .map(
      ({ from, status, live, isAhead }) =>
        `${isAhead ? 'Due at' : 'From'} ${timeOf(from)} ${STATUS_WORDS[status].toLowerCase()}, ${live} live`,
    )
    .join('. ')
}
