import { TunnelConfig } from './configuration.ts'
import { AccountId, ConnectorId, TunnelId } from './identifiers.ts'
import { ConfigSource } from './tunnel.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

/** A time in a seed. Ages keep a seed fresh: what was lost "-2m" is still pending whenever the seed is loaded. */
const Moment = Type.String({
  format: 'moment',
  description: 'RFC 3339, or an age counted back from the moment of loading: "-90s", "-15m", "-3h", "-45d".',
  examples: ['-45d', '2026-09-29T07:05:39Z'],
})

const StateConnection = Type.Object(
  {
    id: Type.Optional(Type.String({ format: 'uuid', description: 'Default: random.' })),
    colo_name: Type.Optional(Type.String({ description: 'Default: two data centers, alternating.' })),
    origin_ip: Type.Optional(Type.String({ description: 'Default: a documentation address.' })),
    opened_at: Type.Optional(Moment),
    lost_at: Type.Optional(Nullable(Moment)),
    closed_at: Type.Optional(Nullable(Moment)),
  },
  { ...CLOSED, description: 'Live from opened_at (default: run_at of the connector) until it is lost or closed.' },
)

const StateConnector = Type.Object(
  {
    id: Type.Optional(ConnectorId),
    version: Type.Optional(Type.String({ description: 'Version of cloudflared.' })),
    arch: Type.Optional(Type.String()),
    features: Type.Optional(Type.Array(Type.String())),
    run_at: Type.Optional(Moment),
    config_version: Type.Optional(Nullable(Type.Integer({ minimum: 0 }))),
    connections: Type.Optional(
      Type.Array(StateConnection, { minItems: 1, description: 'Default: four live connections.' }),
    ),
  },
  { ...CLOSED, description: 'One cloudflared that runs or ran the tunnel.' },
)

export type StateConnector = Static<typeof StateConnector>

const StateConfiguration = Type.Object(
  {
    version: Type.Optional(Type.Integer({ minimum: 1, description: 'Default: one more than the version before.' })),
    source: Type.Optional(ConfigSource),
    created_at: Type.Optional(Moment),
    config: TunnelConfig,
  },
  { ...CLOSED, description: 'One version of the configuration, oldest first.' },
)

const StateTunnel = Type.Object(
  {
    id: Type.Optional(TunnelId),
    account_tag: AccountId,
    name: Type.String({ minLength: 1 }),
    config_src: Type.Optional(ConfigSource),
    tunnel_secret: Type.Optional(Type.String({ description: 'Base64. Default: 32 random bytes.' })),
    metadata: Type.Optional(Type.Object({}, OPEN)),
    created_at: Type.Optional(Moment),
    deleted_at: Type.Optional(Nullable(Moment)),
    configurations: Type.Optional(Type.Array(StateConfiguration)),
    connectors: Type.Optional(Type.Array(StateConnector)),
  },
  CLOSED,
)
export type StateTunnel = Static<typeof StateTunnel>

/** Cloudflare's permission groups for these operations (documented). A Write group may read too. */
export const Permission = TextEnum([
  'Cloudflare Tunnel Read',
  'Cloudflare Tunnel Write',
  'Cloudflare One Connectors Read',
  'Cloudflare One Connectors Write',
  'Cloudflare One Connector: cloudflared Read',
  'Cloudflare One Connector: cloudflared Write',
])
export type Permission = Static<typeof Permission>

const StateCredential = Type.Object(
  {
    token: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `Authorization: Bearer`.' }))),
    email: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-Email`, with `key`.' }))),
    key: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-Key`, with `email`.' }))),
    service_key: Type.Optional(Nullable(Type.String({ minLength: 1, description: 'For `X-Auth-User-Service-Key`.' }))),
    accounts: Type.Optional(Nullable(Type.Array(AccountId, { description: 'Default: every account.' }))),
    permissions: Type.Array(Permission),
  },
  { ...CLOSED, description: 'A credential that `--auth strict` accepts.' },
)
export type StateCredential = Static<typeof StateCredential>

/** The whole of a world as data: the format of seeds. */
export const State = Type.Object(
  {
    $schema: Type.Optional(Type.String({ description: 'For editors.' })),
    purpose: Type.Optional(Type.String({ description: 'One sentence: what this state is for.' })),
    accounts: Type.Optional(
      Type.Array(Type.Object({ id: AccountId, name: Type.Optional(Nullable(Type.String())) }, CLOSED), {
        description: 'When given, only these accounts exist. Default: every account does.',
      }),
    ),
    credentials: Type.Optional(Type.Array(StateCredential)),
    tunnels: Type.Optional(Type.Array(StateTunnel)),
  },
  { ...CLOSED, title: 'State', description: 'A state of mockflared: accounts, credentials and tunnels.' },
)
export type State = Static<typeof State>
