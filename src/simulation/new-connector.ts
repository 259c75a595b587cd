import type { ConnectionRecord, ConnectorRecord, ConnectorSimulation } from '../../schemas/records.ts'
import type { Timestamp } from '../../schemas/timestamp.ts'
import { CLOUDFLARED } from '../cloudflared/defaults.ts'
import { coloOf } from '../resources/connections/rules.ts'

/** Optional settings of a simulated connector. */
export type ConnectorOptions = Partial<Omit<ConnectorRecord, 'kind' | 'run_at' | 'config_version' | 'tunnel_secret'>> &
  Partial<ConnectorSimulation>

export function newConnector(
  options: ConnectorOptions,
  id: string,
  tunnel_secret: string,
  run_at: Timestamp,
): ConnectorRecord & ConnectorSimulation {
  return {
    id: options.id ?? id,
    kind: 'simulated',
    version: options.version ?? CLOUDFLARED.version,
    arch: options.arch ?? CLOUDFLARED.arch,
    features: options.features ?? CLOUDFLARED.features,
    run_at,
    config_version: null,
    colos: options.colos ?? CLOUDFLARED.colos,
    origin_ip: options.origin_ip ?? CLOUDFLARED.origin_ip,
    tunnel_secret,
    reconnects: options.reconnects ?? false,
    config_delay_ms: options.config_delay_ms === undefined ? 0 : options.config_delay_ms,
  }
}

/**
 * Spreads new connections over the data centers of a connector (recorded: connector_spread).
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
    conn_index: null,
    colo_name: coloOf(colos, nth),
    origin_ip,
    opened_at,
    lost_at: null,
    closed_at: null,
  }))
}
