import { type Static, Type } from './typebox.ts'

/** Any other text gets the error of an unknown path (recorded: unroutable). */
export const AccountId = Type.String({
  title: 'AccountId',
  description: 'Account identifier: 32 hex digits.',
  pattern: '^[0-9a-fA-F]{32}$',
  examples: ['699d98642c564d2e855e9661899b7252'],
})
export type AccountId = Static<typeof AccountId>

export const TunnelId = Type.String({
  title: 'TunnelId',
  description: 'UUID of the tunnel.',
  format: 'uuid',
  maxLength: 36,
  examples: ['f70ff985-a4ef-4643-bbbc-4a0ed4fc8415'],
})
export type TunnelId = Static<typeof TunnelId>

/**
 * The `id` of a client and the `client_id` of its connections. cloudflared calls it connector id.
 */
export const ConnectorId = Type.String({
  title: 'ConnectorId',
  description: 'UUID of one running cloudflared.',
  format: 'uuid',
  maxLength: 36,
  examples: ['1bedc50d-42b3-473c-b108-ff3d10c0d925'],
})
export type ConnectorId = Static<typeof ConnectorId>

export const AccountPath = Type.Object({ account_id: AccountId })
export type AccountPath = Static<typeof AccountPath>

export const TunnelPath = Type.Object({ account_id: AccountId, tunnel_id: TunnelId })
export type TunnelPath = Static<typeof TunnelPath>

export const ConnectorPath = Type.Object({ account_id: AccountId, tunnel_id: TunnelId, connector_id: ConnectorId })
export type ConnectorPath = Static<typeof ConnectorPath>
