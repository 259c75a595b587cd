/**
 * The reference model: what a world knows, and in `rules.ts` and `lists.ts` what the service makes of it. It is written from what
 * is decided about the service and shares nothing with `src`, so that a mistake would have to be made twice. It is smaller: whole
 * milliseconds, one account, and of a connector only what a rule is about.
 */
import type { State } from '../../../schemas/state.ts'
import { ACCOUNT } from '../emulator.ts'

/** Where the clock stands at first. Every other time is in milliseconds from here. */
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

/** What is to happen by itself. */
interface Due {
  readonly at: number
  readonly happens: (at: number) => void
  /** The connector whose return this is. */
  readonly returns?: Connector
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

/** What a dump says, in the words of the model. */
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
