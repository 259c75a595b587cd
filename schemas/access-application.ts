import { AccessId, AccessTime, AnyObject, pageParameters } from './access-common.ts'
import { AccessAppPolicy, AccessPolicyReference } from './access-policy.ts'
import { labelled } from './evidence.ts'
import { CLOSED, OPEN, type Static, TextEnum, Type } from './typebox.ts'

export const ACCESS_APP_TYPES = [
  'self_hosted',
  'saas',
  'ssh',
  'vnc',
  'app_launcher',
  'warp',
  'biso',
  'bookmark',
  'dash_sso',
  'infrastructure',
  'rdp',
  'mcp',
  'mcp_portal',
  'proxy_endpoint',
] as const

export const AccessAppType = TextEnum(ACCESS_APP_TYPES)
export type AccessAppType = Static<typeof AccessAppType>

const AccessDestination = Type.Object(
  {
    type: Type.Optional(Type.String({ examples: ['public'] })),
    uri: Type.Optional(Type.String({ description: 'Hostname and path, for the type public.' })),
  },
  { ...OPEN, title: 'AccessDestination' },
)
export type AccessDestination = Static<typeof AccessDestination>

const texts = () => Type.Optional(Type.Array(Type.String()))
const text = () => Type.Optional(Type.String())
const flag = () => Type.Optional(Type.Boolean())
const object = () => Type.Optional(AnyObject)

/** Fields that an application of some type can have. No type has all of them. */
const FIELDS = {
  name: text(),
  domain: Type.Optional(Type.String({ description: 'The primary hostname and path.', examples: ['app.example.com'] })),
  destinations: Type.Optional(Type.Array(AccessDestination)),
  self_hosted_domains: texts(),
  session_duration: Type.Optional(Type.String({ examples: ['24h'] })),
  allowed_idps: texts(),
  tags: texts(),
  auto_redirect_to_identity: flag(),
  app_launcher_visible: flag(),
  enable_binding_cookie: flag(),
  http_only_cookie_attribute: flag(),
  options_preflight_bypass: flag(),
  allow_authenticate_via_warp: flag(),
  allow_iframe: flag(),
  app_launcher_logo_url: text(),
  bg_color: text(),
  cors_headers: object(),
  custom_deny_message: text(),
  custom_deny_url: text(),
  custom_non_identity_deny_url: text(),
  custom_pages: texts(),
  eager_redirect_cookie_setting: flag(),
  footer_links: Type.Optional(Type.Array(AnyObject)),
  header_bg_color: text(),
  landing_page_design: object(),
  logo_url: text(),
  mfa_config: object(),
  oauth_configuration: object(),
  path_cookie_attribute: flag(),
  read_service_tokens_from_header: text(),
  saas_app: object(),
  same_site_cookie_attribute: text(),
  scim_config: object(),
  service_auth_401_redirect: flag(),
  skip_app_launcher_login_page: flag(),
  skip_interstitial: flag(),
  target_criteria: Type.Optional(Type.Array(AnyObject)),
  use_clientless_isolation_app_launcher_url: flag(),
}

/** What an application says, with defaults. */
export const AccessAppSettings = Type.Object({ type: AccessAppType, ...FIELDS })
export type AccessAppSettings = Static<typeof AccessAppSettings>

/** The type is checked elsewhere, since its error has another text. */
export const AccessAppInput = Type.Object(
  {
    type: Type.Optional(Type.String({ examples: ['self_hosted'], description: ACCESS_APP_TYPES.join(', ') })),
    ...FIELDS,
    policies: Type.Optional(Type.Array(AccessPolicyReference)),
  },
  {
    ...labelled('documented'),
    examples: [{ type: 'self_hosted', name: 'my-application', domain: 'my-host.example.com' }],
  },
)
export type AccessAppInput = Static<typeof AccessAppInput>

export const AccessApplication = Type.Object(
  {
    id: AccessId,
    uid: AccessId,
    aud: Type.String({ pattern: '^[0-9a-f]{64}$', description: 'The audience of its tokens.' }),
    type: AccessAppType,
    ...FIELDS,
    policies: Type.Array(AccessAppPolicy),
    created_at: AccessTime,
    updated_at: AccessTime,
  },
  { ...CLOSED, ...labelled('recorded'), title: 'AccessApplication' },
)
export type AccessApplication = Static<typeof AccessApplication>

export const AccessAppListQuery = Type.Object(
  {
    name: Type.Optional(Type.String(labelled('documented'))),
    domain: Type.Optional(Type.String(labelled('documented'))),
    aud: Type.Optional(Type.String(labelled('documented'))),
    exact: Type.Optional(
      Type.Boolean({ description: 'Whether name and domain must be equal.', ...labelled('documented') }),
    ),
    search: Type.Optional(Type.String({ description: 'A part of name, domain or aud.', ...labelled('documented') })),
    ...pageParameters(1000),
  },
  OPEN,
)
export type AccessAppListQuery = Static<typeof AccessAppListQuery>

/** An application as the database stores it. */
export interface AccessAppRecord {
  readonly id: string
  readonly account_id: string
  readonly aud: string
  readonly settings: AccessAppSettings
  readonly created_at: string
  readonly updated_at: string
}
