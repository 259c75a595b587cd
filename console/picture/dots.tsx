import type { Connector } from '../../schemas/control/connector.ts'
import { HEALTHY_CONNECTIONS } from './past.ts'
import { trackedIn } from './tracked.ts'

const STEP = 9

/** A connector as a dot for each connection: full is live, a ring is pending, dotted is missing. */
export function Dots({ connector }: { connector: Pick<Connector, 'connections'> }) {
  const states: readonly string[] = trackedIn(connector).map(({ state }) => state)
  const missing = Array.from({ length: Math.max(HEALTHY_CONNECTIONS - states.length, 0) }, () => 'missing')
  const dots = [...states, ...missing]
  const width = dots.length * STEP + 7
  return (
    <svg class="dots" width={width} height={16} viewBox={`0 0 ${width} 16`} aria-hidden="true">
      <rect width={width} height={16} rx={8} />
      {dots.map((state, nth) => (
        <circle key={nth} class={state} cx={8 + nth * STEP} cy={8} r={state === 'live' ? 3.5 : 2.9} />
      ))}
    </svg>
  )
}
