import type { ComponentChildren, VNode } from 'preact'

/** Whether the request comes through, ends here, passes by, or never gets there. */
type Reach = 'reached' | 'broken' | 'skipped' | 'unreached'

interface StationProps {
  readonly reach: Reach
  readonly name: string
  /** The request has arrived. */
  readonly isEnd?: boolean
  readonly children: ComponentChildren
}

/** A stop on the way of a request. The cable between stops is drawn beside them. */
export function Station({ reach, name, isEnd = false, children }: StationProps) {
  return (
    <li class={`station ${reach}`}>
      <svg class="stop" width={16} height={16} viewBox="0 0 16 16" aria-hidden="true">
        {SHAPES[reach]()}
        {isEnd && <path class="sign" d="m4.8 8.3 2.200 2.200 4.200-4.800" />}
      </svg>
      <h2 class="station-name">{name}</h2>
      <div class="station-text">{children}</div>
    </li>
  )
}

/** A rule that is passed by lies beside the cable. */
const SHAPES: Readonly<Record<Reach, () => VNode>> = {
  reached: () => <circle class="fill" cx={8} cy={8} r={7} />,
  broken: () => (
    <>
      <rect class="fill" x={1} y={1} width={14} height={14} rx={3} />
      <path class="sign" d="m5.200 5.200 5.600 5.600m0-5.600-5.600 5.600" />
    </>
  ),
  skipped: () => (
    <>
      <path class="outline" d="M8 8h6" />
      <circle class="outline" cx={19} cy={8} r={4} />
    </>
  ),
  unreached: () => <circle class="outline" cx={8} cy={8} r={6} />,
}
