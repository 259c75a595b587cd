/**
 * The facts that the database stores and the rules use, with the names of the API. They contain
 * nothing that changes with time alone, such as a status or a pending reconnect.
 */
import type { TunnelConfig } from './configuration.ts'
import type { Timestamp } from './timestamp.ts'
import type { ConfigSource } from './tunnel.ts'

export interface TunnelKey {
  readonly id: string
  readonly account_tag: string
}

export interface TunnelRecord extends TunnelKey {
  readonly name: string
  readonly config_src: ConfigSource
  /** Base64. */
  readonly tunnel_secret: string
  readonly metadata: Readonly<Record<string, unknown>>
  readonly created_at: Timestamp
  readonly deleted_at: Timestamp | null
  /** When the tunnel went from no live connection to one; null while it has none. */
  readonly conns_active_at: Timestamp | null
  /** When the tunnel lost its last live connection, or was created; null while it has one. */
  readonly conns_inactive_at: Timestamp | null
}

/** The columns of a tunnel, in order. A fixed column never changes. */
export const TUNNEL_COLUMNS: Readonly<Record<keyof TunnelRecord, 'fixed' | 'changeable'>> = {
  id: 'fixed',
  account_tag: 'fixed',
  name: 'changeable',
  config_src: 'changeable',
  tunnel_secret: 'changeable',
  metadata: 'changeable',
  created_at: 'fixed',
  deleted_at: 'changeable',
  conns_active_at: 'changeable',
  conns_inactive_at: 'changeable',
}

export interface ConfigurationRecord {
  /** Counted per tunnel, from 1. */
  readonly version: number
  readonly source: ConfigSource
  readonly config: TunnelConfig
  readonly created_at: Timestamp
  /** The e-mail address of a caller, `API token`, a connector or a seed. */
  readonly author: string
}

/** A real cloudflared at the edge, or a simulated one. */
export const CONNECTOR_KINDS = ['simulated', 'real'] as const
export type ConnectorKind = (typeof CONNECTOR_KINDS)[number]

/** One running cloudflared. */
export interface ConnectorRecord {
  readonly id: string
  readonly kind: ConnectorKind
  readonly version: string
  readonly arch: string
  readonly features: readonly string[]
  readonly run_at: Timestamp
  /** The version of the remote configuration that it uses; null before the first. */
  readonly config_version: number | null
  /** The data centers of its connections, used in turn. */
  readonly colos: readonly string[]
  readonly origin_ip: string
  /** The secret at its start. It cannot connect again after the tunnel's secret changes. */
  readonly tunnel_secret: string
}

/** How a simulated connector behaves. Only the delay applies to a real one: it is that of the edge. */
export interface ConnectorSimulation {
  /** Whether it reconnects by itself after its connections were dropped. */
  readonly reconnects: boolean
  /** The delay before it uses a new remote configuration; null: it never does. */
  readonly config_delay_ms: number | null
}

/**
 * One connection of a connector, which is never deleted. It is live from `opened_at` until the
 * earlier of `lost_at` (it broke, but is tracked for a time in case the connector reconnects) and
 * `closed_at` (it ended: stopped, dropped or replaced).
 */
export interface ConnectionRecord {
  readonly id: string
  readonly client_id: string
  /** The number that a real connector gave it; null for a simulated one. */
  readonly conn_index: number | null
  readonly colo_name: string
  readonly origin_ip: string
  readonly opened_at: Timestamp
  readonly lost_at: Timestamp | null
  readonly closed_at: Timestamp | null
}

/** A tunnel with everything that belongs to it. */
export interface TunnelRecords {
  readonly tunnel: TunnelRecord
  readonly configurations: readonly ConfigurationRecord[]
  readonly connectors: readonly CompleteConnectorRecord[]
}

export interface ConnectorWithConnections extends ConnectorRecord {
  readonly connections: readonly ConnectionRecord[]
}

/** All stored facts of a connector. Simulation, seeds and the control plane use them. */
export interface CompleteConnectorRecord extends ConnectorWithConnections, ConnectorSimulation {}

/** The state of a tunnel's connections at one moment. It determines the status. */
export interface Connectivity {
  readonly ever_connected: boolean
  readonly live: boolean
  /**
   * A lost connection is still tracked, or a connector has fewer live connections than it should.
   */
  readonly impaired: boolean
}

/** The time of a request, and the limits for connections at that time. */
export interface Moment {
  readonly now: Timestamp
  /** A connection that was lost at or before this time is no longer tracked. */
  readonly tracked_since: Timestamp
  /** The number of live connections of a healthy connector. */
  readonly healthy_connections: number
}

/** A credential. Its permissions are names of Cloudflare's permission groups. */
export interface CredentialRecord {
  readonly token: string | null
  readonly email: string | null
  readonly key: string | null
  readonly service_key: string | null
  /** Null: every account. */
  readonly accounts: readonly string[] | null
  /** Null: every zone of its accounts. */
  readonly zones: readonly string[] | null
  readonly permissions: readonly string[]
}

export interface AccountRecord {
  readonly id: string
  readonly name: string | null
}
