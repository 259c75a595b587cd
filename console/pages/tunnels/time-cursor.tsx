/** A line over the lanes: drag it, or move it with arrow keys, to look at a past instant. */
import { useSignal } from '@preact/signals'
import { useRef } from 'preact/hooks'
import { cursor, lookAt } from '../../data/time.ts'
import { spanOf, timeOf } from '../../parts/format.ts'
import type { TimeSpan } from '../../picture/lanes.ts'
import { xIn } from '../../picture/lanes.tsx'

/** Browsers ignore a page that changes its URL more often than about six times a second. */
const PAUSE_MS = 200
const SECOND = 1_000

const KEYS: Readonly<Record<string, number>> = {
  ArrowLeft: -10 * SECOND,
  ArrowRight: 10 * SECOND,
  PageUp: -60 * SECOND,
  PageDown: 60 * SECOND,
}

export function TimeCursor({ span, width }: { span: TimeSpan; width: number }) {
  const hovered = useSignal<number | undefined>(undefined)
  const dragged = useSignal<number | undefined>(undefined)
  const lastLook = useRef(0)
  const shown = dragged.value ?? cursor.value
  const xOf = xIn(span, width)

  const timeAt = (event: PointerEvent): number => {
    const { left } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const at = span.from + ((event.clientX - left) / width) * (span.to - span.from)
    return Math.min(Math.max(at, span.from), span.now)
  }
  const look = (at: number): void => lookAt(at >= span.now ? undefined : at)
  const drag = (event: PointerEvent): void => {
    dragged.value = timeAt(event)
    if (event.timeStamp - lastLook.current < PAUSE_MS) return
    lastLook.current = event.timeStamp
    look(dragged.value)
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = KEYS[event.key]
    if (step === undefined) return
    event.preventDefault()
    look(Math.max((cursor.value ?? span.now) + step, span.from))
  }
  return (
    <div
      class="time-cursor"
      role="slider"
      tabIndex={0}
      aria-label="Time cursor"
      aria-valuemin={Math.round((span.from - span.now) / SECOND)}
      aria-valuemax={0}
      aria-valuenow={Math.round(((shown ?? span.now) - span.now) / SECOND)}
      aria-valuetext={shown === undefined ? 'now' : `${timeOf(shown)}, ${spanOf(span.now - shown)} ago`}
      onKeyDown={onKeyDown}
      onPointerMove={event => {
        hovered.value = timeAt(event)
        if (dragged.value !== undefined) drag(event)
      }}
      onPointerLeave={() => {
        hovered.value = undefined
      }}
      onPointerDown={event => {
        if (event.button !== 0) return
        event.currentTarget.setPointerCapture(event.pointerId)
        lastLook.current = 0
        drag(event)
      }}
      onPointerUp={() => {
        if (dragged.value !== undefined) look(dragged.value)
        dragged.value = undefined
      }}
      onPointerCancel={() => {
        dragged.value = undefined
      }}
    >
      {shown === undefined && hovered.value !== undefined && <Line at={hovered.value} x={xOf(hovered.value)} />}
      {shown !== undefined && shown >= span.from && <Line at={shown} x={xOf(shown)} isSet />}
    </div>
  )
}

function Line({ at, x, isSet }: { at: number; x: number; isSet?: boolean }) {
  return (
    <span class={`time-line${isSet ? ' is-set' : ''}`} style={{ left: `${x}px` }}>
      <time>{timeOf(at)}</time>
    </span>
  )
}
