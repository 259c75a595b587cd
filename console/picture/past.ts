/**
 * A tunnel at another instant, from the times of its connections. Only for the past and for what
 * is due: the present status is the server's.
 */
import type { Connector } from '../../schemas/control/connector.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'

export type Connection = Connector['connections'][number]
type Status = OverviewTunnel['status']

/** Live connections of a healthy connector, as in `src/resources/connections/rules.ts`. */
export const HEALTHY_CONNECTIONS = 4

/** The state of a connection; undefined before it opened. */
export function stateAt(
  { opened_at, lost_at, closed_at }: Connection,
  at: number,
  pendingMs: number,
): Connection['state'] | undefined {
  if (Date.parse(opened_at) > at) return undefined
  if (hasPassed(closed_at, at)) return 'closed'
  if (lost_at === null || !hasPassed(lost_at, at)) return 'live'
  return Date.parse(lost_at) + pendingMs > at ? 'pending' : 'expired'
}

/** From states that are right for the instant in question. */
export function statusFrom(connectors: readonly Pick<Connector, 'connections'>[]): Status {
  const states = connectors.map(({ connections }) => connections.map(({ state }) => state))
  if (states.flat().length === 0) return 'inactive'

  const live = states.map(one => one.filter(state => state === 'live').length).filter(number => number > 0)
  if (live.length === 0) return 'down'
  const isImpaired = live.some(number => number < HEALTHY_CONNECTIONS) || states.flat().includes('pending')
  return isImpaired ? 'degraded' : 'healthy'
}

/** A tunnel as it was; undefined before it was created. */
export function tunnelAt(tunnel: OverviewTunnel, at: number, pendingMs: number): OverviewTunnel | undefined {
  if (Date.parse(tunnel.created_at) > at) return undefined
  const connectors = tunnel.connectors
    .filter(({ run_at }) => Date.parse(run_at) <= at)
    .map(connector => ({ ...connector, connections: connectionsAt(connector.connections, at, pendingMs) }))
  return {
    ...tunnel,
    connectors,
    status: statusFrom(connectors),
    deleted_at: hasPassed(tunnel.deleted_at, at) ? tunnel.deleted_at : null,
  }
}

function connectionsAt(connections: readonly Connection[], at: number, pendingMs: number): Connection[] {
  return connections.flatMap(connection => {
    const state = stateAt(connection, at, pendingMs)
    return state === undefined ? [] : [{ ...connection, state }]
  })
}

function hasPassed(timestamp: string | null, at: number): boolean {
  return timestamp !== null && Date.parse(timestamp) <= at
}
