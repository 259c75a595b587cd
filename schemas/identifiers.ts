import { type Static, Type } from './typebox.ts'

/**
 * The example account of Cloudflare's documentation, for programs that have no account of their
 * own.
 */
export const EXAMPLE_ACCOUNT = '699d98642c564d2e855e9661899b7252'

/** Any other text gets the error of an unknown path (recorded: unroutable). */
export const AccountId = Type.String({
  title: 'AccountId',
  description: 'An account id of 32 hex digits.',
  pattern: '^[0-9a-fA-F]{32}$',
  examples: [EXAMPLE_ACCOUNT],
})
export type AccountId = Static<typeof AccountId>

/** Any other text gets the error of an unknown path (recorded: unroutable). */
export const ZoneId = Type.String({
  title: 'ZoneId',
  description: 'Zone identifier: 32 hex digits.',
  pattern: '^[0-9a-fA-F]{32}$',
  examples: ['023e105f4ecef8ad9ca31a8372d0c353'],
})
export type ZoneId = Static<typeof ZoneId>

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

export const ZonePath = Type.Object({ zone_id: ZoneId })
export type ZonePath = Static<typeof ZonePath>
