import { ACCOUNT } from '../emulator.ts'
import { type Connection, type Connector, type Model, stampOf, stampOrNull, type Tunnel } from './facts.ts'

/** The reconnect window. */
const RECONNECT_WINDOW_MS = 5 * 60 * 1_000

/** Delay before a connector reopens dropped connections. */
const RECONNECT_AFTER_MS = 1_000

export function isLive({ lost, closed }: Connection): boolean {
  return lost === null && closed === null
}

/** Live, or lost within the reconnect window. */
function isTracked({ lost, closed }: Connection, now: number): boolean {
  return closed === null && (lost === null || now - lost < RECONNECT_WINDOW_MS)
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

/** The tunnel as responses present it. */
export function presented(tunnel: Tunnel, now: number) {
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

export function ownerOfName({ tunnels }: Model, name: string): Tunnel | undefined {
  return tunnels.find(tunnel => tunnel.name === name && tunnel.deleted === null)
}

/** Updates the activity times and the versions of live connectors after a change. */
export function applyConsequences(tunnel: Tunnel, now: number): void {
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

/** Reconnects with `wanted` live connections and closes the pending ones. */
export function reconnect(tunnel: Tunnel, connector: Connector, wanted: number, now: number): void {
  const live = connector.connections.filter(isLive)
  close(
    trackedOf(connector, now).filter(connection => !isLive(connection)),
    now,
  )
  open(connector, Math.max(wanted - live.length, 0), now)
  applyConsequences(tunnel, now)
}

/** Drops the connections of a connector, which may reconnect if its secret is still valid. */
export function dropConnections(model: Model, tunnel: Tunnel, connector: Connector): void {
  const dropped = trackedOf(connector, model.now)
  close(dropped, model.now)
  if (!connector.reconnects || dropped.length === 0) return

  const run = (at: number): void => {
    if (isAdmitted(tunnel, connector)) reconnect(tunnel, connector, dropped.length, at)
  }
  const at = model.now + RECONNECT_AFTER_MS
  const others = model.due.filter(due => due.at !== at || due.reconnects !== connector)
  model.due = [...others, { at, run, reconnects: connector }]
}

/** Closes the live connections one after the other, the first immediately. */
export function drain(model: Model, tunnel: Tunnel, connector: Connector, every: number): void {
  for (const [nth, connection] of connector.connections.filter(isLive).entries()) {
    const run = (at: number): void => {
      if (isTracked(connection, at)) close([connection], at)
      applyConsequences(tunnel, at)
    }
    model.due.push({ at: model.now + nth * every, run })
  }
}

/** Advances the clock to `now` and runs due jobs. */
export function advanceTo(model: Model, now: number): void {
  for (;;) {
    const [next] = model.due.filter(({ at }) => at <= now).toSorted((a, b) => a.at - b.at)
    if (!next) break
    model.due = model.due.filter(due => due !== next)
    next.run(next.at)
  }
  model.now = now
}
