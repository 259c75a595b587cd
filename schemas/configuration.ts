import { labelled } from './evidence.ts'
import { AccountId, TunnelId } from './identifiers.ts'
import { Timestamp } from './timestamp.ts'
import { ConfigSource } from './tunnel.ts'
import { CLOSED, Nullable, OPEN, type Static, Type } from './typebox.ts'

function optionalText(description: string) {
  return Type.Optional(Type.String({ description }))
}

function optionalFlag(description: string) {
  return Type.Optional(Type.Boolean({ description }))
}

function optionalCount(description: string) {
  return Type.Optional(Type.Integer({ description }))
}

function optionalSeconds(description: string) {
  return Type.Optional(Type.Integer({ description: `${description} Seconds.` }))
}

const UNPUBLISHED = { ...labelled('client'), description: 'Known to cloudflared, in no published schema.' }

const Access = Type.Object(
  {
    required: optionalFlag('Reject traffic that did not pass Access.'),
    teamName: optionalText('Zero Trust organisation.'),
    audTag: Type.Optional(
      Type.Array(Type.String(), { description: 'Access applications that may reach the hostname.' }),
    ),
    environment: Type.Optional(Type.String(UNPUBLISHED)),
  },
  { ...OPEN, title: 'Access' },
)

const IpRule = Type.Object(
  {
    prefix: optionalText('CIDR.'),
    ports: Type.Optional(Type.Array(Type.Integer())),
    allow: Type.Optional(Type.Boolean()),
  },
  { ...OPEN, title: 'IpRule' },
)

/** The published fields, then those that only cloudflared's source contains. */
export const OriginRequest = Type.Object(
  {
    access: Type.Optional(Access),
    caPool: optionalText('Path of the CA that signed the certificate of the origin.'),
    connectTimeout: optionalSeconds('Time allowed for a TCP connection to the origin.'),
    disableChunkedEncoding: optionalFlag('Send bodies with a length; for WSGI servers.'),
    http2Origin: optionalFlag('Try HTTP/2 to an https origin.'),
    httpHostHeader: optionalText('Host header towards the origin.'),
    keepAliveConnections: optionalCount('Idle connections kept to the origin.'),
    keepAliveTimeout: optionalSeconds('Idle time after which a kept connection is dropped.'),
    matchSNItoHost: optionalFlag('Take the server name from the hostname of the request.'),
    noHappyEyeballs: optionalFlag('Do not race IPv4 against IPv6.'),
    noTLSVerify: optionalFlag('Accept any certificate of the origin.'),
    originServerName: optionalText('Hostname expected on the certificate of the origin.'),
    proxyType: optionalText('"" for the regular proxy, "socks" for SOCKS5.'),
    tcpKeepAlive: optionalSeconds('Interval of TCP keep-alives to the origin.'),
    tlsTimeout: optionalSeconds('Time allowed for the TLS handshake with the origin.'),
    bastionMode: Type.Optional(Type.Boolean(UNPUBLISHED)),
    proxyAddress: Type.Optional(Type.String(UNPUBLISHED)),
    proxyPort: Type.Optional(Type.Integer({ ...UNPUBLISHED, minimum: 0 })),
    ipRules: Type.Optional(Type.Array(IpRule, UNPUBLISHED)),
  },
  {
    ...OPEN,
    ...labelled('documented'),
    title: 'OriginRequest',
    description: 'How cloudflared connects to the origin. There are no defaults.',
  },
)
export type OriginRequest = Static<typeof OriginRequest>

/**
 * Every published schema requires `hostname`, but a valid configuration ends with a rule without
 * one, also in Cloudflare's guides. `service` may be absent in bastion mode (measured with
 * cloudflared).
 */
export const IngressRule = Type.Object(
  {
    hostname: Type.Optional(
      Type.String({ description: 'Public hostname; it may start with `*.`.', examples: ['www.example.com'] }),
    ),
    path: Type.Optional(Type.String({ description: 'Regular expression (RE2) over the path.', examples: ['^/api'] })),
    service: Type.Optional(
      Type.String({ description: 'Origin.', examples: ['http://localhost:8080', 'http_status:404'] }),
    ),
    originRequest: Type.Optional(OriginRequest),
  },
  {
    ...OPEN,
    ...labelled('recorded'),
    title: 'IngressRule',
    description: 'Sends requests that match hostname and path to a service.',
  },
)
export type IngressRule = Static<typeof IngressRule>

const WarpRouting = Type.Object(
  { enabled: Type.Optional(Type.Boolean()) },
  { ...OPEN, title: 'WarpRouting', deprecated: true },
)

export const CONFIG_EXAMPLE = {
  ingress: [{ hostname: 'www.example.com', service: 'http://localhost:8080' }, { service: 'http_status:404' }],
}

/**
 * Stored and returned as sent, with undeclared keys at every level
 * (inferred: configuration_unknown_keys).
 */
export const TunnelConfig = Type.Object(
  {
    ingress: Type.Optional(Type.Array(IngressRule)),
    originRequest: Type.Optional(OriginRequest),
    'warp-routing': Type.Optional(WarpRouting),
  },
  {
    ...OPEN,
    ...labelled('recorded'),
    title: 'TunnelConfig',
    description: 'Ingress rules, of which the first match wins, and defaults for connections to origins.',
    examples: [CONFIG_EXAMPLE],
  },
)
export type TunnelConfig = Static<typeof TunnelConfig>

export const Configuration = Type.Object(
  {
    tunnel_id: TunnelId,
    version: Type.Integer({ minimum: 0, description: 'The version, counted from 0 in each tunnel.' }),
    config: Nullable(TunnelConfig),
    source: ConfigSource,
    created_at: Timestamp,
    account_id: Type.Optional(Type.String({ ...AccountId, ...labelled('documented') })),
  },
  {
    ...CLOSED,
    ...labelled('recorded'),
    title: 'Configuration',
    description: 'One version of the configuration of a tunnel.',
  },
)
export type Configuration = Static<typeof Configuration>

export const ConfigurationUpdate = Type.Object(
  { config: Type.Optional(TunnelConfig) },
  { title: 'ConfigurationUpdate', examples: [{ config: CONFIG_EXAMPLE }] },
)
export type ConfigurationUpdate = Static<typeof ConfigurationUpdate>
