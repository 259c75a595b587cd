import type { Connector } from '../../schemas/control/connector.ts'
import { type Connection, HEALTHY_CONNECTIONS } from './past.ts'

/** The connections that a connector has now: live ones, and lost ones that are still tracked. */
export function trackedIn({ connections }: Pick<Connector, 'connections'>): readonly Connection[] {
  return connections.filter(({ state }) => state === 'live' || state === 'pending')
}

/** The connectors with at least one such connection. */
export function trackedConnectors<One extends Pick<Connector, 'connections'>>(connectors: readonly One[]): One[] {
  return connectors.filter(connector => trackedIn(connector).length > 0)
}

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
