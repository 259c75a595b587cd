/**
 * The reference model: the data of a world, with its rules in `rules.ts` and `lists.ts`. It follows
 * the same decisions but shares no code with `src`, so only a mistake in both goes unnoticed. It is
 * smaller: it has whole milliseconds, one account, and only the properties that a rule needs.
 */
import type { State } from '../../../schemas/state.ts'
import { ACCOUNT } from '../emulator.ts'

/** The initial time. All other times are milliseconds from here. */
export const START = '2026-01-01T00:00:00.000000Z'

export interface Connection {
  readonly opened: number
  lost: number | null
  closed: number | null
}

export interface Connector {
  readonly id: string
  readonly secret: string
  readonly reconnects: boolean
  /** The version of the remote configuration that it took. */
  took: number | null
  connections: Connection[]
}

interface Version {
  readonly version: number
  readonly source: string
  readonly config: unknown
  readonly created: number
}

export interface Tunnel {
  readonly id: string
  name: string
  remote: boolean
  secret: string
  readonly created: number
  deleted: number | null
  active: number | null
  inactive: number | null
  versions: Version[]
  connectors: Connector[]
}

/** A scheduled job. */
interface Due {
  readonly at: number
  readonly run: (at: number) => void
  /** The connector that reconnects. */
  readonly reconnects?: Connector
}

export interface Model {
  now: number
  tunnels: Tunnel[]
  due: Due[]
}

export function stampOf(time: number): string {
  return new Date(Date.parse(START) + time).toISOString().replace('Z', '000Z')
}

export function stampOrNull(time: number | null): string | null {
  return time === null ? null : stampOf(time)
}

function timeOf(stamp = ''): number {
  return Date.parse(stamp) - Date.parse(START)
}

function timeOrNull(stamp: string | null | undefined): number | null {
  return stamp ? timeOf(stamp) : null
}

/** Reads the data of the model from an exported state. */
export function factsOf({ tunnels = [] }: State): Tunnel[] {
  return tunnels.map(tunnel => ({
    id: tunnel.id ?? '',
    name: tunnel.name,
    remote: tunnel.config_src === 'cloudflare',
    secret: tunnel.tunnel_secret ?? '',
    created: timeOf(tunnel.created_at),
    deleted: timeOrNull(tunnel.deleted_at),
    active: timeOrNull(tunnel.conns_active_at),
    inactive: timeOrNull(tunnel.conns_inactive_at),
    versions: (tunnel.configurations ?? []).map(({ version = 0, source = '', config, created_at }) => ({
      version,
      source,
      config,
      created: timeOf(created_at),
    })),
    connectors: (tunnel.connectors ?? []).map(connector => ({
      id: connector.id ?? '',
      secret: connector.tunnel_secret ?? '',
      reconnects: connector.reconnects ?? false,
      took: connector.config_version ?? null,
      connections: (connector.connections ?? []).map(({ opened_at, lost_at, closed_at }) => ({
        opened: timeOf(opened_at),
        lost: timeOrNull(lost_at),
        closed: timeOrNull(closed_at),
      })),
    })),
  }))
}

/** Documented: base64 of compact JSON. */
export function tokenOf({ id, secret }: Tunnel): string {
  return btoa(JSON.stringify({ a: ACCOUNT, t: id, s: secret }))
}
