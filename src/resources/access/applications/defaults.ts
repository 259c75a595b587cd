import type { AccessAppSettings, AccessAppType } from '../../../../schemas/access-application.ts'
import { DEFAULT_SESSION } from '../policies/rules.ts'

type Defaults = Partial<AccessAppSettings>

/** The types that protect hostnames. */
const HOSTED: readonly AccessAppType[] = ['self_hosted', 'ssh', 'vnc', 'rdp']

export function isHosted(type: AccessAppType): boolean {
  return HOSTED.includes(type)
}

const LOGIN = { allowed_idps: [], auto_redirect_to_identity: false } satisfies Defaults
const SESSION = { session_duration: DEFAULT_SESSION } satisfies Defaults
const LAUNCHER = { app_launcher_visible: true, tags: [] } satisfies Defaults

/** (recorded: access_app_defaults) */
const SELF_HOSTED = {
  ...LOGIN,
  ...SESSION,
  ...LAUNCHER,
  enable_binding_cookie: false,
  http_only_cookie_attribute: true,
  options_preflight_bypass: false,
} satisfies Defaults

const PERMISSIONS = { ...LOGIN, ...SESSION }
const MCP = {
  ...LOGIN,
  ...SESSION,
  tags: [],
  http_only_cookie_attribute: true,
  options_preflight_bypass: false,
} satisfies Defaults

/**
 * A type has the defaults of the fields that Cloudflare documents for it
 * (inferred: access_app_defaults_elsewhere).
 */
export const DEFAULTS: Readonly<Record<AccessAppType, Defaults>> = {
  self_hosted: SELF_HOSTED,
  ssh: SELF_HOSTED,
  vnc: SELF_HOSTED,
  rdp: SELF_HOSTED,
  saas: { ...LOGIN, ...LAUNCHER },
  dash_sso: { ...LOGIN, ...LAUNCHER },
  bookmark: LAUNCHER,
  app_launcher: PERMISSIONS,
  warp: PERMISSIONS,
  biso: PERMISSIONS,
  proxy_endpoint: PERMISSIONS,
  mcp: MCP,
  mcp_portal: MCP,
  infrastructure: {},
}
