import type {
  ConfigurationRecord,
  ConnectionRecord,
  ConnectorRecord,
  ConnectorWithConnections,
  TunnelRecord,
} from '../../../schemas/records.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import { CLOUDFLARED } from '../../cloudflared/defaults.ts'
import { coloOf, isLive } from './rules.ts'

/** Active replicas of one tunnel (documented: replica_limit). */
const MAX_REPLICAS = 25

/** Why the edge turns a connector away, in the words that a real one logs where those are known. */
export class Unauthorized extends Error {}

/**
 * Refuses for a tunnel that is gone, and for a secret that is not its own (recorded: connector_refused). Nobody else is asked
 * again: a new secret leaves connected what is connected (documented: secret_rotation).
 */
export function requireAdmission(tunnel: TunnelRecord | undefined, secret: string): TunnelRecord {
  if (!tunnel || tunnel.deleted_at !== null) throw new Unauthorized('Unauthorized: Tunnel not found')
  if (tunnel.tunnel_secret !== secret) throw new Unauthorized('Unauthorized: Invalid tunnel secret')
  return tunnel
}

/** The text is ours. */
export function requireRoom(connected: readonly ConnectorWithConnections[]): void {
  if (connected.length >= MAX_REPLICAS) throw new Unauthorized(`Unauthorized: more than ${MAX_REPLICAS} replicas`)
}

/** What a tunnel token says; undefined for what is none. */
export function readTunnelToken(token: string): { account: string; tunnel: string; secret: string } | undefined {
  try {
    const { a: account, t: tunnel, s: secret } = JSON.parse(atob(token))
    return [account, tunnel, secret].every(part => typeof part === 'string') ? { account, tunnel, secret } : undefined
  } catch {
    return undefined
  }
}

export type ConnectorWish = Partial<Omit<ConnectorRecord, 'run_at' | 'config_version' | 'tunnel_secret'>>

/** A cloudflared that starts now. */
export function newConnector(
  wish: ConnectorWish,
  id: string,
  tunnel_secret: string,
  run_at: Timestamp,
): ConnectorRecord {
  return {
    id: wish.id ?? id,
    version: wish.version ?? CLOUDFLARED.version,
    arch: wish.arch ?? CLOUDFLARED.arch,
    features: wish.features ?? CLOUDFLARED.features,
    run_at,
    config_version: null,
    colos: wish.colos ?? CLOUDFLARED.colos,
    origin_ip: wish.origin_ip ?? CLOUDFLARED.origin_ip,
    tunnel_secret,
    reconnects: wish.reconnects ?? false,
    config_delay_ms: wish.config_delay_ms === undefined ? 0 : wish.config_delay_ms,
  }
}

/** Connections that a connector opens now, over its data centers in turn (recorded: connector_spread). */
export function newConnections(
  { id, colos, origin_ip }: ConnectorRecord,
  count: number,
  uuid: () => string,
  opened_at: Timestamp,
): readonly ConnectionRecord[] {
  return Array.from({ length: count }, (_, nth) => ({
    id: uuid(),
    client_id: id,
    colo_name: coloOf(colos, nth),
    origin_ip,
    opened_at,
    lost_at: null,
    closed_at: null,
  }))
}

/** The first live connection of a tunnel makes it active (recorded: activity_times). */
export function afterConnect<T extends TunnelRecord>(tunnel: T, now: Timestamp): T {
  return tunnel.conns_active_at === null ? { ...tunnel, conns_active_at: now, conns_inactive_at: null } : tunnel
}

/** Whether a connector would take a version: a newer one, of a tunnel that Cloudflare configures. */
export function takes(
  connector: ConnectorWithConnections,
  tunnel: TunnelRecord,
  configuration: ConfigurationRecord | undefined,
): configuration is ConfigurationRecord {
  return (
    tunnel.config_src === 'cloudflare' &&
    configuration !== undefined &&
    configuration.version > (connector.config_version ?? 0) &&
    connector.connections.some(isLive)
  )
}
