import type { LaneStretch, TimeSpan } from './lanes.ts'

interface Lane {
  readonly tunnel_id: string
  /** Of its middle. */
  readonly y: number
  readonly stretches: readonly LaneStretch[]
  /** When something is due. */
  readonly due: readonly number[]
}

interface LanesProps {
  readonly lanes: readonly Lane[]
  readonly span: TimeSpan
  readonly width: number
  readonly height: number
}

const MINUTE = 60_000
const MOST_HEIGHT = 34

/** The same facts stand in the text of each row. */
export function Lanes({ lanes, span, width, height }: LanesProps) {
  const xOf = xIn(span, width)
  return (
    <svg class="lanes" width={width} height={height} aria-hidden="true">
      <rect class="ahead" x={xOf(span.now)} width={Math.max(width - xOf(span.now), 0)} height={height} />
      {ticksOf(span).map(at => (
        <path key={at} class="tick" d={`M${xOf(at)} 0V${height}`} />
      ))}
      {lanes.map(lane => (
        <g key={lane.tunnel_id}>
          {lane.stretches.map(stretch => (
            <Stretch key={stretch.from} stretch={stretch} y={lane.y} xOf={xOf} />
          ))}
          {lane.due.map(at => (
            <path key={at} class="due-mark" d={`M${xOf(at)} ${lane.y - 5}l5 5-5 5-5-5z`} />
          ))}
        </g>
      ))}
      <path class="now" d={`M${xOf(span.now)} 0V${height}`} />
    </svg>
  )
}

interface StretchProps {
  readonly stretch: LaneStretch
  readonly y: number
  readonly xOf: (at: number) => number
}

/** As high as connections are many. */
function Stretch({ stretch: { from, to, status, live, isAhead }, y, xOf }: StretchProps) {
  const height = live === 0 ? 3 : Math.min(7 + live * 1.5, MOST_HEIGHT)
  const width = Math.max(xOf(to) - xOf(from) - 1, 1)
  return (
    <rect
      class={`stretch ${status}${isAhead ? ' pale' : ''}`}
      x={xOf(from)}
      y={y - height / 2}
      width={width}
      height={height}
      rx={Math.min(2.5, width / 2)}
    />
  )
}

export function xIn({ from, to }: TimeSpan, width: number): (at: number) => number {
  return at => Math.round(((at - from) / (to - from)) * width * 10) / 10
}

/** Every five minutes from now. */
export function ticksOf({ from, to, now }: TimeSpan): readonly number[] {
  const step = 5 * MINUTE
  const first = now - Math.floor((now - from) / step) * step
  return Array.from({ length: Math.floor((to - first) / step) + 1 }, (_, nth) => first + nth * step)
}
