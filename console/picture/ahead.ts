/** What is due as times of connections, so that the future is drawn like the past. */
import type { Connector } from '../../schemas/control/connector.ts'
import type { DueItem } from '../../schemas/control/due.ts'
import type { OverviewTunnel } from '../../schemas/control/overview.ts'
import { type Connection, HEALTHY_CONNECTIONS, stateAt } from './past.ts'

/** Between two connections of a connector that drains, as in `src/simulation/scenario.ts`. */
const DRAIN_EVERY_MS = 1_000

/** The tunnel with what happens to it if nobody does anything. Expiry follows from `lost_at`. */
export function withDue(tunnel: OverviewTunnel, due: readonly DueItem[], pendingMs: number): OverviewTunnel {
  const own = due.filter(({ tunnel_id }) => tunnel_id === tunnel.tunnel_id)
  if (own.length === 0) return tunnel

  const connectors = new Map(tunnel.connectors.map(connector => [connector.id, connector]))
  for (const item of own.toSorted((a, b) => Date.parse(a.at) - Date.parse(b.at))) {
    const connector = connectors.get(item.connector_id ?? '')
    if (!connector) continue
    connectors.set(connector.id, { ...connector, connections: afterwards(connector, item, pendingMs) })
  }
  return { ...tunnel, connectors: [...connectors.values()] }
}

function afterwards(connector: Connector, { at, happens, connection_id }: DueItem, pendingMs: number): Connection[] {
  const { connections } = connector
  const states = new Map(connections.map(one => [one, stateAt(one, Date.parse(at), pendingMs)]))
  const live = connections.filter(one => states.get(one) === 'live')
  const pending = connections.filter(one => states.get(one) === 'pending')
  const change = (some: readonly Connection[], changed: (nth: number) => Partial<Connection>): Connection[] =>
    connections.map(one => (some.includes(one) ? { ...one, ...changed(some.indexOf(one)) } : one))

  switch (happens) {
    case 'connector_loses_connections':
      return change(live, () => ({ lost_at: at }))
    case 'connector_stops':
      return change([...live, ...pending], () => ({ closed_at: at }))
    case 'connector_drains':
      return change(live, nth => ({ closed_at: new Date(Date.parse(at) + nth * DRAIN_EVERY_MS).toISOString() }))
    case 'connection_closes':
      return change(
        connections.filter(({ id }) => id === connection_id),
        () => ({ closed_at: at }),
      )
    case 'connector_reconnects': {
      const wanted = Math.max(HEALTHY_CONNECTIONS - live.length, 0)
      return [...change(pending, () => ({ closed_at: at })), ...openedAt(at, connector, wanted)]
    }
    default:
      return connections
  }
}

function openedAt(at: string, { id, colos }: Connector, count: number): Connection[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: `${id} ${at} ${nth}`,
    index: null,
    colo_name: colos[nth % colos.length] ?? '',
    opened_at: at,
    lost_at: null,
    closed_at: null,
    state: 'live',
  }))
}
