import { Connection } from './connection.ts'
import { labelled } from './evidence.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { CLOSED, Nullable, OPEN, type Static, TextEnum, Type } from './typebox.ts'

const CONFIG_SOURCE = {
  title: 'ConfigSource',
  description: 'Where the configuration is: `local`, a file on the machine of cloudflared, or `cloudflare`.',
}

export const ConfigSource = TextEnum(['local', 'cloudflare'], CONFIG_SOURCE)
export type ConfigSource = Static<typeof ConfigSource>

export const TunnelStatus = TextEnum(['inactive', 'degraded', 'healthy', 'down'], {
  title: 'TunnelStatus',
  description:
    'inactive: never connected. healthy: serving through all its connections. degraded: serving, but a connection is missing. down: was connected, and now is not.',
})
export type TunnelStatus = Static<typeof TunnelStatus>

/** (assumed: name_not_empty) */
const TunnelName = Type.String({ minLength: 1, description: 'The name of the tunnel.', examples: ['blog'] })

const TunnelSecret = Type.String({
  description: 'Base64; the documented minimum is 32 bytes. Default: 32 random bytes.',
  examples: ['AQIDBAUGBwgBAgMEBQYHCAECAwQFBgcIAQIDBAUGBwg='],
})

const TunnelToken = Type.String({ description: 'The token for `cloudflared tunnel run --token`.' })

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
    description: 'A tunnel with its secrets. Only the response to its creation has them.',
  },
)
export type CreatedTunnel = Static<typeof CreatedTunnel>

export const UpdatedTunnel = Type.Object(
  { ...TUNNEL, token: Type.String({ ...TunnelToken, ...labelled('documented') }) },
  {
    ...CLOSED,
    ...labelled('recorded'),
    title: 'UpdatedTunnel',
    description: 'A tunnel with the token of its current secret.',
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
    name: Type.Optional(Type.String({ description: 'The exact name.' })),
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
      Type.String({ format: 'date-time', description: 'Had a live connection at this time.' }),
    ),
    /** (assumed: filter_was_inactive_at) */
    was_inactive_at: Type.Optional(
      Type.String({ format: 'date-time', description: 'Existed without a live connection at this time.' }),
    ),
    /** (documented: filter_prefix) */
    include_prefix: Type.Optional(Type.String({ description: 'The start of the name.' })),
    exclude_prefix: Type.Optional(Type.String({ description: 'A prefix that the name must not have.' })),
    name_prefix: Type.Optional(
      Type.String({ ...labelled('client'), description: 'Same as `include_prefix`; cloudflared sends it.' }),
    ),
    /** (documented: filter_status) */
    status: Type.Optional(TunnelStatus),
    /** (inferred: list_per_page_maximum) */
    per_page: Type.Integer({ minimum: 1, maximum: 1000, default: 1000, description: 'Tunnels per page.' }),
    /** (client: list_past_the_end) */
    page: Type.Integer({
      minimum: 1,
      maximum: 2_147_483_647,
      default: 1,
      description: 'The number of the page; a page after the last is empty.',
    }),
  },
  labelled('documented'),
)
export type TunnelListQuery = Static<typeof TunnelListQuery>

/** The types of the newer API descriptions; in 2024 there were five. */
export const TunnelType = TextEnum(['cfd_tunnel', 'warp_connector', 'warp', 'magic', 'ip_sec', 'gre', 'cni'])
export type TunnelType = Static<typeof TunnelType>

const TunnelTypes = Type.Array(TunnelType, {
  description: 'Only tunnels of these types, separated by commas. mockflared has only `cfd_tunnel`.',
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
      description:
        'Also removes the connections, instead of returning an error. `cloudflared tunnel delete -f` sends it.',
    }),
  ),
})
export type TunnelDeleteQuery = Static<typeof TunnelDeleteQuery>
