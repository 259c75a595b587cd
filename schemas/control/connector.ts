import { CONFIG_EXAMPLE, TunnelConfig } from '../configuration.ts'
import { AccountId, ConnectorId, TunnelId } from '../identifiers.ts'
import { CONNECTOR_KINDS } from '../records.ts'
import { Timestamp } from '../timestamp.ts'
import { TunnelStatus } from '../tunnel.ts'
import { CLOSED, Nullable, type Static, TextEnum, Type } from '../typebox.ts'
import { Duration } from './clock.ts'

export const TunnelAddress = Type.Object({ account_id: AccountId, tunnel_id: TunnelId }, CLOSED)
export type TunnelAddress = Static<typeof TunnelAddress>

export const ConnectorAddress = Type.Object(
  { account_id: AccountId, tunnel_id: TunnelId, connector_id: ConnectorId },
  CLOSED,
)
export type ConnectorAddress = Static<typeof ConnectorAddress>

const Reconnects = Type.Boolean({
  description: 'Whether it reconnects when the API cuts it off, as long as its secret is valid.',
})
const ConfigDelay = Nullable(
  Type.Integer({ minimum: 0, description: 'Milliseconds until it applies a new remote configuration; null: never.' }),
)

export const ConnectRequest = Type.Object(
  {
    id: Type.Optional(ConnectorId),
    version: Type.Optional(Type.String({ minLength: 1, examples: ['2026.8.2'] })),
    arch: Type.Optional(Type.String({ minLength: 1, examples: ['linux_amd64'] })),
    features: Type.Optional(Type.Array(Type.String())),
    colos: Type.Optional(
      Type.Array(Type.String({ minLength: 1 }), { minItems: 1, description: 'Data centers, used in turn.' }),
    ),
    connections: Type.Optional(Type.Integer({ minimum: 1, maximum: 100, default: 4 })),
    origin_ip: Type.Optional(Type.String({ minLength: 1 })),
    token: Type.Optional(
      Type.String({ description: 'The token that cloudflared runs with. Default: the current token.' }),
    ),
    reconnects: Type.Optional(Reconnects),
    config_delay_ms: Type.Optional(ConfigDelay),
  },
  { ...CLOSED, title: 'ConnectRequest', examples: [{ connections: 4 }] },
)
export type ConnectRequest = Static<typeof ConnectRequest>

export const DisconnectRequest = Type.Object(
  {
    graceful: Type.Optional(
      Type.Boolean({ default: true, description: 'false: the connections drop and are pending reconnect.' }),
    ),
    connections: Type.Optional(
      Type.Integer({ minimum: 1, description: 'The number of connections to close. Default: all.' }),
    ),
  },
  { ...CLOSED, title: 'DisconnectRequest', examples: [{ graceful: true }] },
)
export type DisconnectRequest = Static<typeof DisconnectRequest>

export const ReconnectRequest = Type.Object(
  {
    connections: Type.Optional(
      Type.Integer({ minimum: 1, maximum: 100, description: 'The number of live connections afterwards. Default: 4.' }),
    ),
  },
  { ...CLOSED, title: 'ReconnectRequest', examples: [{ connections: 4 }] },
)
export type ReconnectRequest = Static<typeof ReconnectRequest>

export const DrainRequest = Type.Object(
  { every: Type.Optional(Duration) },
  {
    ...CLOSED,
    title: 'DrainRequest',
    description: 'Time between two connections. Default: one second.',
    examples: [{ every: '1s' }],
  },
)
export type DrainRequest = Static<typeof DrainRequest>

export const FlapRequest = Type.Object(
  { down_for: Type.Optional(Duration) },
  {
    ...CLOSED,
    title: 'FlapRequest',
    description: 'Time until it reconnects. Default: two seconds.',
    examples: [{ down_for: '2s' }],
  },
)
export type FlapRequest = Static<typeof FlapRequest>

export const ConnectorChange = Type.Object(
  { reconnects: Type.Optional(Reconnects), config_delay_ms: Type.Optional(ConfigDelay) },
  { ...CLOSED, title: 'ConnectorChange', examples: [{ reconnects: true }] },
)
export type ConnectorChange = Static<typeof ConnectorChange>

export const PushRequest = Type.Object(
  { config: TunnelConfig },
  { ...CLOSED, title: 'PushRequest', examples: [{ config: CONFIG_EXAMPLE }] },
)
export type PushRequest = Static<typeof PushRequest>

/** A connector, without its secret. */
export const Connector = Type.Object(
  {
    id: ConnectorId,
    kind: TextEnum(CONNECTOR_KINDS, { description: 'real: a cloudflared that connected to the local edge.' }),
    version: Type.String(),
    arch: Type.String(),
    features: Type.Array(Type.String()),
    colos: Type.Array(Type.String()),
    origin_ip: Type.String(),
    run_at: Timestamp,
    config_version: Nullable(Type.Integer()),
    reconnects: Reconnects,
    config_delay_ms: ConfigDelay,
    connections: Type.Array(
      Type.Object(
        {
          id: Type.String(),
          index: Nullable(
            Type.Integer({ description: 'The number that a real cloudflared gave it; null for a simulated one.' }),
          ),
          colo_name: Type.String(),
          opened_at: Timestamp,
          lost_at: Nullable(Timestamp),
          closed_at: Nullable(Timestamp),
          state: TextEnum(['live', 'pending', 'expired', 'closed']),
        },
        CLOSED,
      ),
    ),
    tunnel_status: TunnelStatus,
  },
  { ...CLOSED, title: 'Connector' },
)
export type Connector = Static<typeof Connector>

export const Connectors = Type.Array(Connector)

export const PushedConfiguration = Type.Object({ version: Type.Integer() })
