import type { Evidence } from '../../schemas/evidence.ts'

/** A way in which we differ from Cloudflare's description on purpose. */
export interface Deviation {
  readonly id: string
  /** Matches the differences it explains, such as `GET /path: changes answer result.id: …`. */
  readonly covers: RegExp
  readonly evidence: Evidence
  readonly reason: string
}

export const DEVIATIONS: readonly Deviation[] = [
  {
    id: 'answers-are-complete',
    covers: /changes (answer|refusal) \S+: optional, here required$/,
    evidence: 'recorded',
    reason: 'Responses always have it.',
  },
  {
    id: 'times-have-microseconds',
    covers: /changes answer \S+_at: no pattern, here \^\\d\{4\}/,
    evidence: 'recorded',
    reason: 'Times are in UTC with six digits of fraction.',
  },
  {
    id: 'times-may-be-null',
    covers: /changes answer \S+\.(conns_active_at|conns_inactive_at|deleted_at): type string, here string or null$/,
    evidence: 'recorded',
    reason: 'Null for a time that has not come; the description says so in its text.',
  },
  {
    id: 'accounts-are-hex',
    covers: /changes .*\baccount_(id|tag): (maximum length 32, here none|no pattern, here \^\[0-9a-fA-F\]\{32\}\$)$/,
    evidence: 'recorded',
    reason: 'An account id has 32 hex digits; nothing else is routed.',
  },
  {
    id: 'config-src-has-no-default-in-answers',
    covers: /changes answer \S+\.config_src: default local, here none$/,
    evidence: 'recorded',
    reason: 'A deleted tunnel has none, so there is no default.',
  },
  {
    id: 'tunnels-of-one-type',
    covers:
      /changes answer \S+\.tun_type: values cfd_tunnel( \| (cni|gre|ip_sec|magic|warp|warp_connector))+, here cfd_tunnel$/,
    evidence: 'inferred',
    reason: 'The other types belong to other operations.',
  },
  {
    id: 'pending-reconnect-is-shown',
    covers: /removes answer \S+\.is_pending_reconnect /,
    evidence: 'recorded',
    reason: 'Deprecated and gone from newer descriptions, and still in responses.',
  },
  {
    id: 'connectors-have-ha-status',
    covers: /removes answer \S+\.ha_status /,
    evidence: 'recorded',
    reason: 'Always null, and in no description.',
  },
  {
    id: 'tokens-come-with-tunnels',
    covers: /(POST|PATCH) \S+: removes answer result\.(token|credentials_file) /,
    evidence: 'recorded',
    reason: 'A created tunnel has both, an updated tunnel has its token.',
  },
  {
    id: 'lists-are-never-null',
    covers: /changes answer result: type array or null, here array$/,
    evidence: 'client',
    reason: 'Without items the list is empty.',
  },
  {
    id: 'messages-are-empty',
    covers: /changes (answer|refusal) (errors|messages): no maximum items, here 0$/,
    evidence: 'client',
    reason: 'cloudflared reads messages as texts, the SDKs as objects; success has no errors.',
  },
  {
    id: 'refusals-say-why',
    covers: /changes refusal errors: (no minimum items, here 1|minimum length 1, here none)$/,
    evidence: 'recorded',
    reason: 'A failure has at least one error.',
  },
  {
    id: 'refusals-are-no-success',
    covers: /changes refusal success: values false \| true, here false$/,
    evidence: 'recorded',
    reason: 'A failure has `success: false`.',
  },
  {
    id: 'error-codes-below-1000',
    covers: /changes (answer|refusal) (errors|messages)\[\]\.code: minimum 1000, here 0$/,
    evidence: 'recorded',
    reason: 'The error for too many requests has 971.',
  },
  {
    id: 'errors-have-a-chain',
    covers: /removes (answer|refusal) (errors|messages)\[\]\.error_chain /,
    evidence: 'recorded',
    reason: 'Errors for malformed credentials have a chain.',
  },
  {
    id: 'only-lists-of-tunnels-are-paged',
    covers: /adds (refusal|answer) result_info /,
    evidence: 'recorded',
    reason: 'All connectors are in one list, and a failure has nothing to count.',
  },
  {
    id: 'pages-are-whole',
    covers: /changes query (per_)?page: (type number, here integer|no maximum, here 2147483647)$/,
    evidence: 'inferred',
    reason: 'A page is a whole number that fits in an integer.',
  },
  {
    id: 'counts-are-whole',
    covers:
      /changes answer result\S*\.(\w*count|page|per_page|version): (type number, here integer|no minimum, here \d)$/,
    evidence: 'inferred',
    reason: 'Counts and versions are whole numbers from 0 on, pages from 1.',
  },
  {
    id: 'pages-of-a-thousand',
    covers: /changes query per_page: no default, here 1000$/,
    evidence: 'recorded',
    reason: 'The default of a list.',
  },
  {
    id: 'names-are-not-empty',
    covers: /changes body name: no minimum length, here 1$/,
    evidence: 'assumed',
    reason: 'A tunnel needs a name.',
  },
  {
    id: 'null-is-absent',
    covers: /changes body \S+: type (\w+), here \1 or null$/,
    evidence: 'inferred',
    reason: 'A null in an optional field is the same as leaving it out, in Rust and in Go.',
  },
  {
    id: 'parameters-of-cloudflared',
    covers: /removes query (name_prefix|cascade) /,
    evidence: 'client',
    reason: 'cloudflared sends them.',
  },
  {
    id: 'management-by-resource',
    covers: /^POST \S+\/management\/\{resource\}: removes this operation$/,
    evidence: 'client',
    reason: 'The form that cloudflared uses since 2026.2.',
  },
  {
    id: 'older-paths',
    covers: /^(POST \S+\/tunnels|\w+ \S+\/tunnels\/\S+): removes this operation$/,
    evidence: 'client',
    reason: 'Version 3 of the SDK for TypeScript still calls them.',
  },
  {
    id: 'rules-as-cloudflared-takes-them',
    covers: /changes (answer|body) \S*config\.\S*(hostname|service|audTag|teamName): required, here optional$/,
    evidence: 'client',
    reason: 'The catch-all rule has no hostname; cloudflared does not require the others either.',
  },
  {
    id: 'empty-ingress-has-its-own-refusal',
    covers: /changes (answer|body) \S*config\.ingress: minimum items 1, here none$/,
    evidence: 'recorded',
    reason: 'The error is that of a configuration (1056), not of an unreadable body.',
  },
  {
    id: 'configuration-may-be-null',
    covers: /changes answer result\.config: type object, here object or null$/,
    evidence: 'recorded',
    reason: 'Before its first version a remote tunnel has none.',
  },
  {
    id: 'settings-of-cloudflared',
    covers: /removes (answer|body) \S*config\.\S*(bastionMode|proxyAddress|proxyPort|ipRules|environment) /,
    evidence: 'client',
    reason: 'cloudflared knows them.',
  },
]
