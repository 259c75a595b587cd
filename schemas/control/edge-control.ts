import type { TunnelKey } from '../records.ts'
import type { EdgeRequest, EdgeRequestFilter } from './edge.ts'
import type { EdgeFaultPreset, EdgeFaultReport, EdgeFaultRule } from './edge-fault.ts'

/**
 * What the control plane needs of the edge. The emulator hands it over; it is absent when off.
 * Functions take the id of a world.
 */
export interface EdgeControl {
  /** Where cloudflared connects: HOST:PORT. */
  readonly address: string
  /** Whether other hosts of this machine lead there too. */
  readonly is_on_all_addresses: boolean
  /** The public side of the edge, without a slash at the end. */
  readonly gateway_url: string
  /** The file with the CA that cloudflared must trust. */
  readonly ca_path: string
  /** The certificate in that file, as PEM. */
  readonly certificate: string
  /** Counts the connections of real connectors. */
  readonly countConnections: (worldId: string) => number
  /** Whether connectors may register in the world. A reset does not change it. */
  readonly accepts: (worldId: string) => boolean
  readonly setAccepts: (worldId: string, accepts: boolean) => void
  /** Sends a connector the latest configuration, if it is real and uses an older one. */
  readonly offerConfiguration: (worldId: string, tunnel: TunnelKey, connectorId: string) => void
  readonly faults: EdgeFaultControl
  readonly requests: EdgeRequestControl
  readonly createQuickTunnel: (worldId: string) => QuickTunnelAnswer
}

/** What `cloudflared tunnel --url` gets. */
export interface QuickTunnelAnswer {
  readonly success: true
  readonly result: QuickTunnel
  readonly errors: readonly never[]
}

export interface QuickTunnel {
  readonly id: string
  readonly name: string
  readonly hostname: string
  readonly account_tag: string
  /** Base64. */
  readonly secret: string
}

interface EdgeFaultControl {
  readonly presets: Readonly<Record<EdgeFaultPreset, readonly EdgeFaultRule[]>>
  /** Throws a FaultError for a rule that could never take effect. */
  readonly add: (worldId: string, rule: EdgeFaultRule) => EdgeFaultReport
  readonly list: (worldId: string) => EdgeFaultReport[]
  /** Undefined if no rule has this id. */
  readonly remove: (worldId: string, id: string) => EdgeFaultReport | undefined
  readonly clear: (worldId: string) => EdgeFaultReport[]
}

interface EdgeRequestControl {
  readonly list: (worldId: string, filter: EdgeRequestFilter) => EdgeRequest[]
  /** Returns the number of removed entries. */
  readonly clear: (worldId: string) => number
}
