import { isObject } from '../../schemas/is-object.ts'
import type { Behaviours, DeclaredOperation } from '../evidence/types.ts'

/** Behaviours of every operation: envelope, headers, credentials, routing. */
export const GATEWAY_EVIDENCE = {
  envelope: {
    operations: 'every',
    statement: 'A response has success, errors, messages and result, in this order; an error has `result: null`.',
    evidence: 'recorded',
    source: 'all of the flare-operator recordings, 2026-09-29',
  },
  key_order: {
    operations: 'every',
    statement:
      'Zones, DNS and accounts put `result` first, and their `result_info` has `total_pages`, 1 for an empty list.',
    evidence: 'recorded',
    source: 'dns-lexicon recordings of 2025-08, cf-terraforming recordings of 2025',
  },
  messages_empty: {
    operations: 'every',
    statement: '`messages` is always empty.',
    evidence: 'client',
    source: 'cloudflared decodes them as strings, the SDKs as objects',
  },
  status_200: {
    operations: 'every',
    statement: 'Success is 200, also for create and delete, except in Access.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0040 and 0099; cloudflared accepts nothing else',
  },
  content_type: {
    operations: 'every',
    statement: 'The content type is exactly `application/json`, without a charset.',
    evidence: 'client',
    source: 'cloudflared reads errors only with exactly this type; also recorded',
  },
  answer_headers: {
    operations: 'every',
    statement:
      '`server`, `cf-cache-status`, `cf-ray`, `ratelimit` and `ratelimit-policy` are on every response, `set-cookie` on none.',
    evidence: 'recorded',
    source:
      'flare-operator recordings 0040 and after, 2026-09-29; cloudflare-typescript#161; real responses of 2024 have cookies, which API clients ignore',
  },
  service_headers: {
    operations: 'every',
    statement: 'Responses for zones, DNS and tunnels have `api-version`, a date, and `cf-auditlog-id`, a UUID.',
    evidence: 'recorded',
    source: 'dns-lexicon and cf-terraforming recordings of 2025; we know no rule for the date',
  },
  gateway_headers: {
    operations: 'every',
    statement:
      'The errors of the gateway, for credentials and paths, also have `vary`, `cache-control`, `expires`, `pragma`, `x-frame-options`, `x-content-type-options` and `strict-transport-security`. Errors of the tunnel service and 10000 do not.',
    evidence: 'recorded',
    source:
      'cloudflare-typescript#161, 2024-03, for 6103; dns-lexicon cassettes, 2025-08; cloudflare-docs#13405 for 10000; no source for tunnels',
  },
  timestamps: {
    operations: 'every',
    statement: 'Times are RFC 3339 in UTC with six digits of a second, trailing zeros kept.',
    evidence: 'recorded',
    source: 'flare-operator recording 0099, 2026-09-29',
  },
  bare_path: {
    operations: 'every',
    statement: 'The same paths work without `/client/v4`.',
    evidence: 'client',
    source: "the official SDK's own suite sets a bare base URL",
  },
  unread_ignored: {
    operations: 'every',
    statement: 'Unknown query parameters and keys of a body are ignored, except in a configuration.',
    evidence: 'inferred',
    source: 'no source; it is the default in the languages of the service',
    usedIn: ({ has_undeclared }) => has_undeclared,
  },
  body_not_needed: {
    operations: acceptsAnyBody,
    statement: 'Operations without a body accept an empty one with a JSON type, and any other.',
    evidence: 'client',
    source: 'SDKs and wrangler send a JSON type with nothing, older SDKs an empty object',
  },
  body_type: {
    operations: readsBody,
    statement: 'A body is read as JSON, whatever its content type.',
    evidence: 'assumed',
    source: 'no source',
    unobservable: 'the content type is not stored',
  },
  body_line_feed: {
    operations: readsBody,
    statement: 'A raw line feed in a text of a body is 400 with 1030, with the words and the position of serde_json.',
    evidence: 'recorded',
    source: 'docker-mods#301 and #307, 2022; a project log of 2026-04-16',
    unobservable: 'the error is `input_invalid`',
  },
  body_wording: {
    operations: readsBody,
    statement: 'Other errors in a body have the texts of serde_json 1; the first error in the text counts.',
    evidence: 'inferred',
    source: 'the recorded texts of `body_line_feed` are those of actix-web and serde_json; the others are measured',
    unobservable: 'the error is `input_invalid`',
  },
  struct_names: {
    operations: readsBody,
    statement: 'These texts call the body of a create `struct NewTunnel`, with similar names for other bodies.',
    evidence: 'assumed',
    source: 'no source for the names',
    unobservable: 'the error is `input_invalid`',
  },
  body_limits: {
    operations: readsBody,
    statement: 'Values that serde accepts and we reject, such as an empty name, get similar texts.',
    evidence: 'assumed',
    source: 'our choice; also the sizes of integers, and that a list cannot stand for an object',
    unobservable: 'the error is `input_invalid`',
  },
  query_refused: {
    operations: readsQuery,
    statement: 'An invalid query parameter is 400 with 1030, in the words of serde_urlencoded and of Rust.',
    evidence: 'inferred',
    source: 'actix-web reads queries with serde_urlencoded 0.7; measured, times with chrono. Limits of pages: assumed',
    usedInError: ({ invalid }) => invalid === 'query',
  },
  query_empty_flag: {
    operations: readsFlag,
    statement: 'A query flag without a value counts as absent.',
    evidence: 'documented',
    source: 'the published description says "if empty" of is_deleted',
  },
  id_form: {
    operations: 'every',
    statement: 'A tunnel or connector id that is not a UUID is not routed: 404 with 7003 and 7000.',
    evidence: 'assumed',
    source: 'recorded for an account id; a tunnel name as id does not work, homepage#2818',
    usedInError: ({ invalid }) => invalid === 'id',
  },
  id_case: {
    operations: 'every',
    statement: 'Ids are the same in upper and lower case.',
    evidence: 'assumed',
    source: 'they are hex digits',
    unobservable: 'the response has the id as it is stored',
  },
  credential_styles: {
    operations: 'every',
    statement: 'A bearer token, an e-mail with a key, and a service key are accepted, also several at once.',
    evidence: 'documented',
    source: 'the published description; the SDK sends all that it has',
  },
  credential_forms: {
    operations: 'every',
    statement:
      'A key has 37 to 45 hex digits, or 32 as in the documentation, or begins with `cfk_`. With `--auth strict` a token has 40 characters or a prefix such as `cfut_`, unless a seed lists it.',
    evidence: 'inferred',
    source:
      "Cloudflare's page on token formats. Other lengths: Posh-ACME#126 (a key of 38) and the test of Homebrew's flarectl (a short token)",
    usedInError: ({ error, is_strict }) =>
      error === 'key_malformed' || (is_strict && error === 'authorization_malformed'),
  },
  permissions: {
    operations: 'every',
    statement: 'Reading requires a read or a write permission, writing a write permission.',
    evidence: 'documented',
    source: 'the published description of each operation',
  },
  account_unlisted: {
    operations: 'every',
    statement: 'If a seed lists accounts, any other is rejected with 10000.',
    evidence: 'assumed',
    source: 'our choice; it is recorded for the account of someone else',
    usedInError: ({ error, is_strict }) => error === 'not_permitted' && !is_strict,
  },
  quota: {
    operations: 'every',
    statement: '1200 requests in five minutes for each credential, then 429 until they are over.',
    evidence: 'documented',
    source: "Cloudflare's page on limits",
  },
  trouble_page: {
    operations: 'every',
    statement: 'In an outage the response is 502 or 503 with a page that is not JSON.',
    evidence: 'recorded',
    source: 'cloudflared#1079, terraform-provider-cloudflare#2435; here only under a fault, with a text of ours',
  },
  stale_reads: {
    operations: ({ can_lag }) => can_lag,
    statement: 'A read may lag behind a write: a new configuration is not found at first.',
    evidence: 'recorded',
    source: 'two public projects wait for it; here only under a fault',
    usedIn: ({ is_stale }) => is_stale,
  },
} as const satisfies Behaviours

function readsBody({ models }: DeclaredOperation): boolean {
  return models.body !== undefined
}

function acceptsAnyBody({ method, models }: DeclaredOperation): boolean {
  return method !== 'GET' && models.body === undefined
}

function readsQuery({ models }: DeclaredOperation): boolean {
  return models.query !== undefined
}

function readsFlag({ models: { query } }: DeclaredOperation): boolean {
  const properties = isObject(query) && isObject(query.properties) ? Object.values(query.properties) : []
  return properties.some(property => isObject(property) && property.type === 'boolean')
}
