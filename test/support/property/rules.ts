import { ACCOUNT } from '../emulator.ts'
import { type Connection, type Connector, type Model, stampOf, stampOrNull, type Tunnel } from './facts.ts'

/** How long a lost connection is tracked. */
const GRACE_MS = 5 * 60 * 1_000

/** How long a connector that was cut off stays away. */
const AWAY_MS = 1_000

export function isLive({ lost, closed }: Connection): boolean {
  return lost === null && closed === null
}

/** Live, or lost so recently that its connector may still come back. */
function isTracked({ lost, closed }: Connection, now: number): boolean {
  return closed === null && (lost === null || now - lost < GRACE_MS)
}

export function trackedOf({ connections }: Connector, now: number): Connection[] {
  return connections.filter(connection => isTracked(connection, now))
}

export function allTracked({ connectors }: Tunnel, now: number): Connection[] {
  return connectors.flatMap(connector => trackedOf(connector, now))
}

function hasLive({ connectors }: Tunnel): boolean {
  return connectors.some(({ connections }) => connections.some(isLive))
}

export function statusOf(tunnel: Tunnel, now: number): string {
  if (tunnel.connectors.length === 0) return 'inactive'
  if (!hasLive(tunnel)) return 'down'

  const running = tunnel.connectors.map(connector => trackedOf(connector, now)).filter(({ length }) => length > 0)
  return running.every(tracked => tracked.every(isLive) && tracked.length >= 4) ? 'healthy' : 'degraded'
}

/** A tunnel as answers show it. */
export function shown(tunnel: Tunnel, now: number) {
  return {
    id: tunnel.id,
    account_tag: ACCOUNT,
    created_at: stampOf(tunnel.created),
    deleted_at: stampOrNull(tunnel.deleted),
    name: tunnel.name,
    conns_active_at: stampOrNull(tunnel.active),
    conns_inactive_at: stampOrNull(tunnel.inactive),
    tun_type: 'cfd_tunnel',
    metadata: {},
    status: statusOf(tunnel, now),
    remote_config: tunnel.deleted === null && tunnel.remote,
    config_src: tunnel.deleted === null ? (tunnel.remote ? 'cloudflare' : 'local') : undefined,
  }
}

export function bearerOf({ tunnels }: Model, name: string): Tunnel | undefined {
  return tunnels.find(tunnel => tunnel.name === name && tunnel.deleted === null)
}

/** What follows from a change at once: since when the tunnel is active, and which version its live connectors run. */
export function follow(tunnel: Tunnel, now: number): void {
  const live = hasLive(tunnel)
  if (live && tunnel.active === null) Object.assign(tunnel, { active: now, inactive: null })
  if (!live && tunnel.active !== null) Object.assign(tunnel, { active: null, inactive: now })

  const latest = tunnel.versions.at(-1)?.version
  if (!tunnel.remote || latest === undefined) return
  for (const connector of tunnel.connectors) if (connector.connections.some(isLive)) connector.took = latest
}

export function open(connector: Connector, count: number, now: number): void {
  const opened = Array.from({ length: count }, (): Connection => ({ opened: now, lost: null, closed: null }))
  connector.connections.push(...opened)
}

export function close(connections: readonly Connection[], now: number): void {
  for (const connection of connections) connection.closed = now
}

export function isAdmitted(tunnel: Tunnel, connector: Connector): boolean {
  return tunnel.deleted === null && tunnel.secret === connector.secret
}

/** Under its own id, with `wanted` live connections; those that waited for it are gone. */
export function reconnect(tunnel: Tunnel, connector: Connector, wanted: number, now: number): void {
  const live = connector.connections.filter(isLive)
  close(
    trackedOf(connector, now).filter(connection => !isLive(connection)),
    now,
  )
  open(connector, Math.max(wanted - live.length, 0), now)
  follow(tunnel, now)
}

/** The API cuts off a connector; one that was told to comes back, unless the tunnel has another secret by then. */
export function cutOff(model: Model, tunnel: Tunnel, connector: Connector): void {
  const cut = trackedOf(connector, model.now)
  close(cut, model.now)
  if (!connector.reconnects || cut.length === 0) return

  const happens = (at: number): void => {
    if (isAdmitted(tunnel, connector)) reconnect(tunnel, connector, cut.length, at)
  }
  const at = model.now + AWAY_MS
  const others = model.due.filter(due => due.at !== at || due.returns !== connector)
  model.due = [...others, { at, happens, returns: connector }]
}

/** The first connection goes at once, the others one after the other, if they are still there by then. */
export function drain(model: Model, tunnel: Tunnel, connector: Connector, every: number): void {
  for (const [nth, connection] of connector.connections.filter(isLive).entries()) {
    const happens = (at: number): void => {
      if (isTracked(connection, at)) close([connection], at)
      follow(tunnel, at)
    }
    model.due.push({ at: model.now + nth * every, happens })
  }
}

/** Time goes on to `now`, and what falls due on the way happens. */
export function pass(model: Model, now: number): void {
  for (;;) {
    const [next] = model.due.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)
    if (!next) break
    model.due = model.due.filter(due => due !== next)
    next.happens(next.at)
  }
  model.now = now
}
