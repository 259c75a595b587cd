import { AccountId, TunnelId } from '../identifiers.ts'
import { Timestamp } from '../timestamp.ts'
import { ConfigSource, TunnelStatus } from '../tunnel.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'
import { ClockReading, Instant } from './clock.ts'
import { Connector } from './connector.ts'
import { LatestEventId } from './event.ts'

export const OverviewFilter = Type.Object({
  deleted: Type.Optional(Type.Boolean({ default: false, description: 'true: with the deleted tunnels too.' })),
  tunnel_id: Type.Optional(TunnelId),
  since: Type.Optional(
    Type.String({
      ...Instant,
      description: 'Leave out connections that ended before this time, and connectors without any other.',
    }),
  ),
})
export type OverviewFilter = Static<typeof OverviewFilter>

const OverviewRule = Type.Object(
  { hostname: Nullable(Type.String()), path: Nullable(Type.String()), service: Nullable(Type.String()) },
  { ...CLOSED, title: 'OverviewRule' },
)

const OverviewConfiguration = Type.Object(
  {
    version: Type.Integer({ minimum: 0 }),
    source: ConfigSource,
    created_at: Timestamp,
    author: Type.String(),
    rules: Type.Array(OverviewRule, { description: 'The ingress rules, of which the first match wins.' }),
  },
  { ...CLOSED, title: 'OverviewConfiguration' },
)

export const OverviewTunnel = Type.Object(
  {
    account_id: AccountId,
    tunnel_id: TunnelId,
    name: Type.String(),
    status: TunnelStatus,
    config_src: ConfigSource,
    created_at: Timestamp,
    deleted_at: Nullable(Timestamp),
    conns_active_at: Nullable(Timestamp),
    conns_inactive_at: Nullable(Timestamp),
    hostnames: Type.Array(Type.String(), { description: 'Those of the latest configuration.' }),
    configuration: Nullable(OverviewConfiguration),
    connectors: Type.Array(Connector, {
      description: 'Every connector so far, with all its connections, or those since a time.',
    }),
  },
  { ...CLOSED, title: 'OverviewTunnel' },
)
export type OverviewTunnel = Static<typeof OverviewTunnel>

/** The tunnels of a world at one moment, for pages that show them. */
export const Overview = Type.Object(
  {
    event_id: LatestEventId,
    clock: ClockReading,
    accounts: Type.Array(Type.Object({ id: AccountId, name: Type.String() }, { ...CLOSED, title: 'OverviewAccount' })),
    tunnels: Type.Array(OverviewTunnel, { description: 'The oldest first.' }),
  },
  { ...CLOSED, title: 'Overview', description: 'The tunnels of all accounts, without secrets.' },
)
export type Overview = Static<typeof Overview>
