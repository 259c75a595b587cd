import type { Connector } from '../../schemas/control/connector.ts'
import type { Connection } from './past.ts'

/** The connections that a connector has now: live ones, and lost ones that are still tracked. */
export function trackedIn({ connections }: Pick<Connector, 'connections'>): readonly Connection[] {
  return connections.filter(({ state }) => state === 'live' || state === 'pending')
}

/** The connectors with at least one such connection. */
export function trackedConnectors<One extends Pick<Connector, 'connections'>>(connectors: readonly One[]): One[] {
  return connectors.filter(connector => trackedIn(connector).length > 0)
}
