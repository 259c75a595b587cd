import { AccountId, TunnelId } from '../identifiers.ts'
import { TunnelStatus } from '../tunnel.ts'
import { CLOSED, Nullable, type Static, Type } from '../typebox.ts'

/** A tunnel at a glance. */
export const TunnelSummary = Type.Object(
  {
    account_id: AccountId,
    tunnel_id: TunnelId,
    name: Type.String(),
    status: TunnelStatus,
    connectors: Type.Integer({ minimum: 0, description: 'Connectors with a connection, pending ones included.' }),
    hostnames: Type.Array(Type.String(), { description: 'Those of the latest configuration.' }),
    config_version: Nullable(Type.Integer({ description: 'Latest version; null without a configuration.' })),
    versions: Type.Array(Type.String(), { description: 'Versions of cloudflared that its connectors run.' }),
  },
  { ...CLOSED, title: 'TunnelSummary' },
)
export type TunnelSummary = Static<typeof TunnelSummary>

export const TunnelSummaries = Type.Array(TunnelSummary)

/** What a real cloudflared needs for a tunnel. */
export const TunnelRun = Type.Object(
  {
    account_id: AccountId,
    tunnel_id: TunnelId,
    name: Type.String(),
    env: Type.Record(Type.String(), Type.String(), {
      description: 'Environment variables for `cloudflared tunnel run`; the token is one of them.',
    }),
  },
  { ...CLOSED, title: 'TunnelRun' },
)
export type TunnelRun = Static<typeof TunnelRun>
