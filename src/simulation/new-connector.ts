import type { ConnectionRecord, ConnectorRecord, ConnectorSimulation } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CLOUDFLARED } from '../cloudflared/defaults.ts'
import { coloOf } from '../resources/connections/rules.ts'

/** What can be chosen of a simulated connector. */
export type ConnectorWish = Partial<Omit<ConnectorRecord, 'run_at' | 'config_version' | 'tunnel_secret'>> &
  Partial<ConnectorSimulation>

/** A cloudflared that starts now. */
export function newConnector(
  wish: ConnectorWish,
  id: string,
  tunnel_secret: string,
  run_at: Timestamp,
): ConnectorRecord & ConnectorSimulation {
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

/**
 * Connections that a connector opens now, over its data centers in turn
 * (recorded: connector_spread).
 */
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
