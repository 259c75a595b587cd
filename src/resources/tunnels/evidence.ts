import { always, type Behaviours, type Fields, hasItems } from '../../evidence/types.ts'
import { OPERATIONS } from './operation-ids.ts'
import { base64Bytes } from './rules.ts'

const TAKES_SECRET = [OPERATIONS.create, OPERATIONS.update, OPERATIONS.create_argo]

/** No shorter secret was seen. */
const SHORTEST_RECORDED_BYTES = 24

/** Behaviours of tunnels. */
export const TUNNELS = {
  tunnel_answer: {
    operations: [OPERATIONS.list, OPERATIONS.create, OPERATIONS.get, OPERATIONS.update, OPERATIONS.delete],
    statement: 'A tunnel has these fields in this order; times that have not come are null.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0040, 0043 and 0099, 2026-09-29',
    usedIn: hasItems,
  },
  create_answer: {
    operations: [OPERATIONS.create],
    statement: 'A new tunnel has its token and credentials file; `conns_inactive_at` is the time of creation.',
    evidence: 'recorded',
    source: 'flare-operator recording 0040, 2026-09-29; content of the credentials file: ricoberger.de, 2025-03-16',
    usedIn: always,
  },
  create_local: {
    operations: [OPERATIONS.create],
    statement: 'Without `config_src` a tunnel is `local`.',
    evidence: 'documented',
    source: 'the published description; cloudflare-docs#24064',
    usedIn: ({ body }) => body.config_src === undefined,
  },
  create_secret: {
    operations: [OPERATIONS.create],
    statement: 'Without `tunnel_secret` the service generates one.',
    evidence: 'recorded',
    source: 'flare-operator recording 0040, 2026-09-29',
    usedIn: ({ body }) => body.tunnel_secret === undefined,
  },
  secret_length: {
    operations: TAKES_SECRET,
    statement: '`tunnel_secret` may have 24 bytes; the documented minimum of 32 is not enforced.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5587, 2025-05-23: 30 bytes, then 24; #6272, 2025-10-01: 24',
    usedIn: ({ body }) => lengthOfSecret(body) >= SHORTEST_RECORDED_BYTES,
  },
  secret_short: {
    operations: TAKES_SECRET,
    statement: 'A `tunnel_secret` of less than 24 bytes is also accepted.',
    evidence: 'assumed',
    source: 'no recording is shorter',
    usedIn: ({ body }) => lengthOfSecret(body) < SHORTEST_RECORDED_BYTES,
  },
  secret_form: {
    operations: TAKES_SECRET,
    statement: 'A `tunnel_secret` that is empty or not base64 is rejected: 400 with 1030.',
    evidence: 'assumed',
    source: 'no recording; the published description says base64',
    unobservable: 'the error is `input_invalid`',
  },
  name_not_empty: {
    operations: [OPERATIONS.create, OPERATIONS.update],
    statement: 'A name has at least one character; there is no other rule.',
    evidence: 'assumed',
    source: 'no source; only cloudflared rejects names that look like a UUID',
    unobservable: 'the error for an empty name is `input_invalid`',
  },
  name_case: {
    operations: [OPERATIONS.list, OPERATIONS.create, OPERATIONS.update],
    statement: 'Names that differ in case are different.',
    evidence: 'assumed',
    source: 'no source',
    unobservable: 'no response shows that a similar name exists',
  },
  name_free_again: {
    operations: [OPERATIONS.create, OPERATIONS.update],
    statement: 'Another tunnel can have the name of a deleted tunnel.',
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#3069 and #3201: several deleted tunnels of one name',
  },
  update_answer: {
    operations: [OPERATIONS.update],
    statement: 'An update returns the tunnel and the token of its current secret.',
    evidence: 'documented',
    source: "Cloudflare's page on remote tunnel permissions",
    usedIn: always,
  },
  update_fields: {
    operations: [OPERATIONS.update],
    statement: '`name` and `tunnel_secret` can change, nothing else.',
    evidence: 'documented',
    source: "the published description; Terraform's provider replaces a tunnel to change its config_src",
    usedIn: always,
  },
  update_deleted: {
    operations: [OPERATIONS.update],
    statement: 'A deleted tunnel cannot be updated: 404.',
    evidence: 'inferred',
    source: 'no recording; formed like the configuration of a deleted tunnel',
    usedInError: ({ error }) => error === 'tunnel_deleted',
  },
  update_name_taken: {
    operations: [OPERATIONS.update],
    statement: 'Renaming to a name that exists is the same error as for a create.',
    evidence: 'assumed',
    source: 'formed like `tunnel_name_taken`',
    usedInError: ({ error }) => error === 'tunnel_name_taken',
  },
  secret_rotation: {
    operations: [OPERATIONS.update],
    statement: 'A new secret leaves connected connectors connected; they cannot reconnect with the old one.',
    evidence: 'documented',
    source: "Cloudflare's page on remote tunnel permissions; cloudflared#426",
    usedIn: ({ body, items }) => body.tunnel_secret !== undefined && items.some(isServing),
  },
  delete_answer: {
    operations: [OPERATIONS.delete],
    statement: 'Deleting marks the tunnel: `deleted_at` is set, `config_src` is absent, `remote_config` is false.',
    evidence: 'recorded',
    source: 'flare-operator recording 0099, 2026-09-29',
    usedIn: always,
  },
  delete_again: {
    operations: [OPERATIONS.delete],
    statement: 'Deleting again returns the same and changes nothing.',
    evidence: 'inferred',
    source: "Terraform's provider 4 deleted twice without trouble until terraform-provider-cloudflare#2769",
    isNoted: true,
  },
  delete_pending: {
    operations: [OPERATIONS.delete],
    statement: 'Connections that are pending reconnect prevent the deletion like live ones.',
    evidence: 'recorded',
    source: 'clients measured 30 to 60 seconds after the end of cloudflared; the published description says minutes',
  },
  delete_cascade: {
    operations: [OPERATIONS.delete],
    statement: '`cascade=true` removes the connections and deletes.',
    evidence: 'documented',
    source: 'cloudflared commit 5b5859dd, of Cloudflare itself; in no published description',
    isNoted: true,
  },
  delete_keeps_inactive: {
    operations: [OPERATIONS.list, OPERATIONS.get, OPERATIONS.delete],
    statement: 'A deleted tunnel that never connected stays `inactive`.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0099 and 0101, 2026-09-29',
    usedIn: ({ items }) => items.some(({ deleted_at, status }) => deleted_at !== null && status === 'inactive'),
  },
  get_deleted: {
    operations: [OPERATIONS.get],
    statement: 'A GET returns a deleted tunnel, with `deleted_at`.',
    evidence: 'recorded',
    source: 'flare-operator recording 0101, 2026-09-29',
    usedIn: ({ items }) => items.some(({ deleted_at }) => deleted_at !== null),
  },
  tunnel_not_found_elsewhere: {
    operations: [
      OPERATIONS.list_connections,
      OPERATIONS.clean_up_connections,
      OPERATIONS.get_connector,
      OPERATIONS.create_management_token,
      OPERATIONS.create_management_token_for_resource,
      OPERATIONS.get_argo,
      OPERATIONS.delete_argo,
      OPERATIONS.clean_up_argo,
    ],
    statement: 'An unknown tunnel is 1002 here, too.',
    evidence: 'inferred',
    source: 'recorded for other operations on a tunnel',
    usedInError: ({ error }) => error === 'tunnel_not_found',
  },
  connections_gone: {
    operations: [OPERATIONS.list, OPERATIONS.get],
    statement: 'From 2026-10-05, lists and GET return tunnels without `connections`.',
    evidence: 'documented',
    source: "Cloudflare's changelog of 2026-07-09",
    usedIn: ({ items, changes }) => changes.connections_gone && items.length > 0,
  },
  connections_on_writes: {
    operations: [OPERATIONS.create, OPERATIONS.update, OPERATIONS.delete],
    statement: 'Create, update and delete return tunnels with `connections` also after 2026-10-05.',
    evidence: 'inferred',
    source: "Cloudflare's changelog of 2026-07-09 names only list and get; recorded before",
    usedIn: ({ changes }) => changes.connections_gone,
  },
  tunnel_status: {
    operations: [OPERATIONS.list, OPERATIONS.get, OPERATIONS.update, OPERATIONS.delete],
    statement: 'inactive: never connected. down: not any more. healthy, degraded: serving, with or without a fault.',
    evidence: 'documented',
    source: 'the published description; inactive, healthy and down recorded by flare-operator, 0040, 0043, 0097',
    usedIn: ({ items }) => items.some(hasEverConnected),
  },
  status_threshold: {
    operations: [OPERATIONS.list, OPERATIONS.get, OPERATIONS.update],
    statement: 'healthy: every connector has its four connections, and none is pending reconnect. Otherwise degraded.',
    evidence: 'assumed',
    source: 'documented: four connections; no source for several connectors or fewer connections',
    usedIn: ({ items }) => items.some(({ status }) => status === 'degraded'),
  },
  activity_times: {
    operations: [OPERATIONS.list, OPERATIONS.get, OPERATIONS.update, OPERATIONS.delete],
    statement: 'The first live connection sets `conns_active_at`, the loss of the last one `conns_inactive_at`.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0042, 0043 and 0097, 2026-09-29',
    usedIn: ({ items }) => items.some(hasEverConnected),
  },
  config_src_in_answers: {
    operations: [OPERATIONS.list, OPERATIONS.create, OPERATIONS.get, OPERATIONS.update],
    statement: 'Tunnels have `config_src`.',
    evidence: 'recorded',
    source: 'absent in 2025-03, present in 2026-09; documented since the second half of 2025',
    usedIn: ({ items }) => items.some(({ config_src }) => config_src !== undefined),
  },
  change_days: {
    operations: 'every',
    statement: '`config_src` started on 2025-07-01, the current text of error 1022 on 2026-06-01.',
    evidence: 'assumed',
    source:
      'the days are ours. `config_src` started between two recordings. The text changed between 2026-01-30 (older text quoted) and 2026-09-29 (newer text recorded)',
    unobservable: 'it matters only if `--behavior` is a day near one of these',
  },
} as const satisfies Behaviours

/** In bytes; NaN without a secret. */
function lengthOfSecret({ tunnel_secret }: Fields): number {
  return typeof tunnel_secret === 'string' ? base64Bytes(tunnel_secret) : Number.NaN
}

function hasEverConnected({ status }: Fields): boolean {
  return status !== 'inactive'
}

function isServing({ status }: Fields): boolean {
  return status === 'healthy' || status === 'degraded'
}
