import { Connection } from './connection.ts'
import { labelled } from './evidence.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

const CONFIG_SOURCE = {
  title: 'ConfigSource',
  description: 'Where the configuration lives: a file beside cloudflared, or Cloudflare.',
}

export const ConfigSource = TextEnum(['local', 'cloudflare'], CONFIG_SOURCE)
export type ConfigSource = Static<typeof ConfigSource>

export const TunnelStatus = TextEnum(['inactive', 'degraded', 'healthy', 'down'], {
  title: 'TunnelStatus',
  description:
    'inactive: never connected. healthy: serving through all its connections. degraded: serving, but a connection is missing. down: was connected, now is not.',
})
export type TunnelStatus = Static<typeof TunnelStatus>

/** (assumed: name_not_empty) */
const TunnelName = Type.String({ minLength: 1, description: 'A name people recognise.', examples: ['blog'] })

const TunnelSecret = Type.String({
  description: 'Base64, documented as of at least 32 bytes. Left out on create, 32 random bytes are taken.',
  examples: ['AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg='],
})

const TunnelToken = Type.String({ description: 'What `cloudflared tunnel run --token` takes.' })

const CredentialsFile = Type.Object(
  { AccountTag: AccountId, TunnelID: TunnelId, TunnelName: Type.String(), TunnelSecret: Type.String() },
  { ...CLOSED, ...labelled('recorded'), description: 'Content of the credentials file that cloudflared would write.' },
)

/**
 * Keys and their order (recorded: tunnel_answer). Optional keys are absent on deleted tunnels, or
 * because of a dated change.
 */
const TUNNEL = {
  id: TunnelId,
  account_tag: AccountId,
  created_at: Timestamp,
  deleted_at: Nullable(Timestamp),
  name: Type.String({ examples: ['blog'] }),
  connections: Type.Optional(Type.Array(Connection, { deprecated: true })),
  conns_active_at: Nullable(Timestamp),
  conns_inactive_at: Nullable(Timestamp),
  tun_type: TextEnum(['cfd_tunnel']),
  metadata: Type.Object({}, OPEN),
  status: TunnelStatus,
  remote_config: Type.Boolean({ deprecated: true, description: 'True when `config_src` is `cloudflare`.' }),
  config_src: Type.Optional(ConfigSource),
}

export const Tunnel = Type.Object(TUNNEL, {
  ...CLOSED,
  ...labelled('recorded'),
  title: 'Tunnel',
  description: 'A Cloudflare Tunnel.',
})
export type Tunnel = Static<typeof Tunnel>

export const CreatedTunnel = Type.Object(
  { ...TUNNEL, credentials_file: CredentialsFile, token: TunnelToken },
  {
    ...CLOSED,
    ...labelled('recorded'),
    title: 'CreatedTunnel',
    description: 'A tunnel with its secrets, shown once, when it is created.',
  },
)
export type CreatedTunnel = Static<typeof CreatedTunnel>

export const UpdatedTunnel = Type.Object(
  { ...TUNNEL, token: Type.String({ ...TunnelToken, ...labelled('documented') }) },
  {
    ...CLOSED,
    ...labelled('recorded'),
    title: 'UpdatedTunnel',
    description: 'A tunnel with the token that goes with its present secret.',
  },
)
export type UpdatedTunnel = Static<typeof UpdatedTunnel>

export const TunnelCreate = Type.Object(
  {
    name: TunnelName,
    config_src: Type.Optional(TextEnum(['local', 'cloudflare'], { ...CONFIG_SOURCE, default: 'local' })),
    tunnel_secret: Type.Optional(TunnelSecret),
  },
  { ...labelled('documented'), title: 'TunnelCreate', examples: [{ name: 'my-tunnel', config_src: 'cloudflare' }] },
)
export type TunnelCreate = Static<typeof TunnelCreate>

export const TunnelUpdate = Type.Object(
  { name: Type.Optional(TunnelName), tunnel_secret: Type.Optional(TunnelSecret) },
  { ...labelled('documented'), title: 'TunnelUpdate', examples: [{ name: 'my-renamed-tunnel' }] },
)
export type TunnelUpdate = Static<typeof TunnelUpdate>

/**
 * The filters and pages of a list (recorded: list_page), and their total (recorded: list_total).
 */
export const TunnelListQuery = Type.Object(
  {
    /** (recorded: filter_name) */
    name: Type.Optional(Type.String({ description: 'Exactly this name.' })),
    /** (client: filter_uuid) */
    uuid: Type.Optional(TunnelId),
    /** (documented: list_deleted) */
    is_deleted: Type.Optional(
      Type.Boolean({ description: 'true: only deleted tunnels. false or absent: only tunnels that are not deleted.' }),
    ),
    /** (documented: filter_existed_at) */
    existed_at: Type.Optional(
      Type.String({
        format: 'url-encoded-date-time',
        description: 'Created at or before this time and not deleted before it; may be URL-encoded once more.',
        examples: ['2019-10-12T07:20:50.52Z'],
      }),
    ),
    /** (assumed: filter_was_active_at) */
    was_active_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'Had a live connection at this instant.' }),
    ),
    /** (assumed: filter_was_inactive_at) */
    was_inactive_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'Existed without a live connection at this instant.' }),
    ),
    /** (documented: filter_prefix) */
    include_prefix: Type.Optional(Type.String({ description: 'The name starts so.' })),
    exclude_prefix: Type.Optional(Type.String({ description: 'The name does not start so.' })),
    name_prefix: Type.Optional(
      Type.String({ ...labelled('client'), description: 'Same as `include_prefix`; what cloudflared sends.' }),
    ),
    /** (documented: filter_status) */
    status: Type.Optional(TunnelStatus),
    /** (inferred: list_per_page_maximum) */
    per_page: Type.Integer({ minimum: 1, maximum: 1000, default: 1000, description: 'Tunnels on a page.' }),
    /** (client: list_past_the_end) */
    page: Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      default: 1,
      description: 'Which page; one past the last is empty.',
    }),
  },
  labelled('documented'),
)
export type TunnelListQuery = Static<typeof TunnelListQuery>

/** The types of the newer API descriptions; in 2024 there were five. */
export const TunnelType = TextEnum(['cfd_tunnel', 'warp_connector', 'warp', 'magic', 'ip_sec', 'gre', 'cni'])
export type TunnelType = Static<typeof TunnelType>

const TunnelTypes = Type.Array(TunnelType, {
  description: 'Only tunnels of these types, separated by commas. Here there are none but `cfd_tunnel`.',
  examples: [['cfd_tunnel', 'warp_connector']],
})

export const AllTunnelsQuery = Type.Object(
  { ...TunnelListQuery.properties, tun_types: Type.Optional(TunnelTypes) },
  // In OpenAPI this means that commas separate a list. It has no effect on other parameters.
  { ...labelled('documented'), style: 'form', explode: false },
)
export type AllTunnelsQuery = Static<typeof AllTunnelsQuery>

export const TunnelDeleteQuery = Type.Object({
  cascade: Type.Optional(
    Type.Boolean({
      ...labelled('client'),
      description: 'Drop the connections too instead of refusing. Sent by `cloudflared tunnel delete -f`.',
    }),
  ),
})
export type TunnelDeleteQuery = Static<typeof TunnelDeleteQuery>
