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

interface TimeCursorProps {
  readonly span: TimeSpan
  readonly width: number
  /** What a lane shows at a height and an instant. */
  readonly describe: (y: number, at: number) => Description | undefined
  readonly onPoint: (y: number | undefined) => void
}

export interface Description {
  readonly text: string
  /** Of the middle of the lane. */
  readonly y: number
}

export function TimeCursor({ span, width, describe, onPoint }: TimeCursorProps) {
  const hovered = useSignal<{ at: number; y: number } | undefined>(undefined)
  const dragged = useSignal<number | undefined>(undefined)
  const lastLook = useRef(0)
  const shown = dragged.value ?? cursor.value
  const xOf = xIn(span, width)

  const pointAt = (event: PointerEvent): { at: number; y: number } => {
    const { left, top } = (event.currentTarget as HTMLElement).getBoundingClientRect()
    const at = span.from + ((event.clientX - left) / width) * (span.to - span.from)
    return { at: Math.min(Math.max(at, span.from), span.to), y: event.clientY - top }
  }
  const look = (at: number): void => lookAt(at >= span.now ? undefined : at)
  const drag = (event: PointerEvent): void => {
    dragged.value = Math.min(pointAt(event).at, span.now)
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
        hovered.value = pointAt(event)
        onPoint(hovered.value.y)
        if (dragged.value !== undefined) drag(event)
      }}
      onPointerLeave={() => {
        hovered.value = undefined
        onPoint(undefined)
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
      {hovered.value && dragged.value === undefined && (
        <Line
          at={hovered.value.at}
          x={xOf(hovered.value.at)}
          width={width}
          said={describe(hovered.value.y, hovered.value.at)}
        />
      )}
      {shown !== undefined && shown >= span.from && <Line at={shown} x={xOf(shown)} width={width} isSet />}
    </div>
  )
}

interface LineProps {
  readonly at: number
  readonly x: number
  readonly width: number
  readonly isSet?: boolean
  readonly said?: Description | undefined
}

/** A label nearer to the edge would be cut. */
const EDGE = 40

function Line({ at, x, width, isSet, said }: LineProps) {
  const side = x < width / 3 ? ' at-start' : x > width - EDGE ? ' at-end' : ''
  return (
    <span class={`time-line${isSet ? ' is-set' : ''}${side}`} style={{ left: `${x}px` }}>
      <time>{timeOf(at)}</time>
      {said && (
        <span class="said" style={{ top: `${said.y}px` }}>
          {said.text}
        </span>
      )}
    </span>
  )
}
