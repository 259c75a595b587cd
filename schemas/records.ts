/**
 * What the store keeps and the domain reasons about: facts, in the spelling of the wire. What time makes of them
 * (a status, a pending reconnect) is in none of them.
 */
import type { TunnelConfig } from './configuration.ts'
import type { Timestamp } from './timestamp.ts'
import type { ConfigSource } from './tunnel.ts'

export interface TunnelRecord {
  readonly id: string
  readonly account_tag: string
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

export interface ConfigurationRecord {
  /** Counted per tunnel, from 1. */
  readonly version: number
  readonly source: ConfigSource
  readonly config: TunnelConfig
  readonly created_at: Timestamp
  /** Who made it: an e-mail address, `API token`, a connector, a seed. */
  readonly author: string
}

/** One running cloudflared. */
export interface ConnectorRecord {
  readonly id: string
  readonly version: string
  readonly arch: string
  readonly features: readonly string[]
  readonly run_at: Timestamp
  /** The remote configuration it took; null before the first. */
  readonly config_version: number | null
  /** Data centers that its connections go to, in turn. */
  readonly colos: readonly string[]
  readonly origin_ip: string
  /** The secret it was started with; it cannot connect again once the tunnel has another. */
  readonly tunnel_secret: string
  /** Whether it comes back by itself after its connections were cut off. */
  readonly reconnects: boolean
  /** How long it takes to take a new remote configuration, in milliseconds; null: it never does. */
  readonly config_delay_ms: number | null
}

/**
 * One connection of a connector, kept for ever. It is live from `opened_at` until the earlier of `lost_at` (broken; tracked
 * for a while in case the connector comes back) and `closed_at` (gone for good: stopped, cut off or replaced).
 */
export interface ConnectionRecord {
  readonly id: string
  readonly client_id: string
  readonly colo_name: string
  readonly origin_ip: string
  readonly opened_at: Timestamp
  readonly lost_at: Timestamp | null
  readonly closed_at: Timestamp | null
}

/** A tunnel with all that belongs to it. */
export interface TunnelRecords {
  readonly tunnel: TunnelRecord
  readonly configurations: readonly ConfigurationRecord[]
  readonly connectors: readonly ConnectorWithConnections[]
}

/** All that a world knows. */
export interface WorldRecords {
  readonly accounts: readonly AccountRecord[]
  readonly credentials: readonly CredentialRecord[]
  readonly tunnels: readonly TunnelRecords[]
}

export interface ConnectorWithConnections extends ConnectorRecord {
  readonly connections: readonly ConnectionRecord[]
}

/** What the connections of a tunnel say at one moment; its status follows from these three. */
export interface Connectivity {
  readonly ever_connected: boolean
  readonly live: boolean
  /** A tracked connection is lost, or a connector has fewer live connections than it should. */
  readonly impaired: boolean
}

/** The instant at which a request looks at the world, with what follows from it. */
export interface Moment {
  readonly now: Timestamp
  /** A connection lost at or before this instant is no longer tracked. */
  readonly tracked_since: Timestamp
  /** Live connections that a connector in good health has. */
  readonly healthy_connections: number
}

export interface TunnelFilter {
  /** What was created later is not seen yet. */
  readonly visible_until?: Timestamp | undefined
  readonly name?: string | undefined
  readonly uuid?: string | undefined
  readonly deleted?: boolean | undefined
  readonly existed_at?: Timestamp | undefined
  readonly was_active_at?: Timestamp | undefined
  readonly was_inactive_at?: Timestamp | undefined
  readonly include_prefix?: string | undefined
  readonly exclude_prefix?: string | undefined
  readonly connectivity?: Partial<Connectivity> | undefined
}

/** What a caller may do; the names are those of Cloudflare's permission groups. */
export interface CredentialRecord {
  readonly token: string | null
  readonly email: string | null
  readonly key: string | null
  readonly service_key: string | null
  /** Null: every account. */
  readonly accounts: readonly string[] | null
  readonly permissions: readonly string[]
}

export interface AccountRecord {
  readonly id: string
  readonly name: string | null
}
