import { isObject } from '../../schemas/is-object.ts'
import type { Behaviours, DeclaredOperation } from '../evidence/types.ts'

/** Behaviours of every operation: envelope, headers, credentials, routing. */
export const GATEWAY_EVIDENCE = {
  envelope: {
    operations: 'every',
    statement: 'An answer has success, errors, messages and result, in this order; a refusal has `result: null`.',
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
    source: 'cloudflared decodes them as texts, the SDKs as objects',
  },
  status_200: {
    operations: 'every',
    statement: 'Success is 200, also of create and delete, except in Access.',
    evidence: 'recorded',
    source: 'flare-operator recordings 0040 and 0099; cloudflared accepts nothing else',
  },
  content_type: {
    operations: 'every',
    statement: 'The type is exactly `application/json`, without a charset.',
    evidence: 'client',
    source: 'cloudflared reads the errors of an answer only under exactly this type; also recorded',
  },
  answer_headers: {
    operations: 'every',
    statement:
      '`server`, `cf-cache-status`, `cf-ray`, `ratelimit` and `ratelimit-policy` are on every answer, `set-cookie` on none.',
    evidence: 'recorded',
    source:
      'flare-operator recordings 0040 and after, 2026-09-29; cloudflare-typescript#161; real answers of 2024 have cookies, which API clients ignore',
  },
  service_headers: {
    operations: 'every',
    statement: 'Answers of zones, DNS and tunnels have `api-version`, a date, and `cf-auditlog-id`, a UUID.',
    evidence: 'recorded',
    source: 'dns-lexicon and cf-terraforming recordings of 2025; which date it is follows no rule that we know',
  },
  gateway_headers: {
    operations: 'every',
    statement:
      "The gateway's own errors, about credentials and paths, also have `vary`, `cache-control`, `expires`, `pragma`, `x-frame-options`, `x-content-type-options` and `strict-transport-security`; answers of the tunnel service and 10000 do not.",
    evidence: 'recorded',
    source:
      'cloudflare-typescript#161, 2024-03, for 6103; dns-lexicon cassettes, 2025-08; cloudflare-docs#13405 for 10000; nobody has shown them for tunnels',
  },
  timestamps: {
    operations: 'every',
    statement: 'Times are RFC 3339 in UTC with six digits of a second, trailing zeros kept.',
    evidence: 'recorded',
    source: 'flare-operator recording 0099, 2026-09-29',
  },
  bare_path: {
    operations: 'every',
    statement: 'The same paths are served without `/client/v4`.',
    evidence: 'client',
    source: "the official SDK's own suite sets a bare base URL",
  },
  unread_ignored: {
    operations: 'every',
    statement: 'Unknown query parameters and keys of a body are ignored, except in a configuration.',
    evidence: 'inferred',
    source: 'no source; it is what the languages of the service do unless told otherwise',
    usedIn: ({ has_undeclared }) => has_undeclared,
  },
  body_not_needed: {
    operations: acceptsAnyBody,
    statement: 'Where no body is asked for, an empty one with a JSON type will do, and any other.',
    evidence: 'client',
    source: 'SDKs and wrangler send a JSON type with nothing, older SDKs an empty object',
  },
  body_type: {
    operations: readsBody,
    statement: 'A body is read as JSON whatever its type says.',
    evidence: 'assumed',
    source: 'no source',
    unobservable: 'what a body is called is not kept',
  },
  body_line_feed: {
    operations: readsBody,
    statement: 'A raw line feed in a text of a body is 400 with 1030, with the words and the position of serde_json.',
    evidence: 'recorded',
    source: 'docker-mods#301 and #307, 2022; a project log of 2026-04-16',
    unobservable: '`input_invalid` tells it',
  },
  body_wording: {
    operations: readsBody,
    statement: 'Whatever else is wrong with a body is said as serde_json 1 does; the first mistake in the text counts.',
    evidence: 'inferred',
    source: 'the recorded texts of `body_line_feed` are those of actix-web and serde_json; the others are measured',
    unobservable: '`input_invalid` tells it',
  },
  struct_names: {
    operations: readsBody,
    statement: 'These texts call the body of a create `struct NewTunnel`, and other bodies alike.',
    evidence: 'assumed',
    source: 'nobody has seen the names',
    unobservable: '`input_invalid` tells it',
  },
  body_limits: {
    operations: readsBody,
    statement: 'What serde has no rule for is refused with texts formed like its own, such as an empty name.',
    evidence: 'assumed',
    source: 'our choice; so are the sizes of integers, and that a body or a value is no list of fields',
    unobservable: '`input_invalid` tells it',
  },
  query_refused: {
    operations: readsQuery,
    statement: 'A bad value of a query parameter is 400 with 1030, in the words of serde_urlencoded and of Rust.',
    evidence: 'inferred',
    source: 'actix-web reads queries with serde_urlencoded 0.7; measured, times with chrono. Limits of pages: assumed',
    usedInError: ({ invalid }) => invalid === 'query',
  },
  query_empty_flag: {
    operations: readsFlag,
    statement: 'A flag of the query without a value counts as left out.',
    evidence: 'documented',
    source: 'the published description says "if empty" of is_deleted',
  },
  id_form: {
    operations: 'every',
    statement: 'A tunnel or connector id that is no UUID is not routed: 404 with 7003 and 7000.',
    evidence: 'assumed',
    source: 'recorded for an account id; a tunnel name as id does not work, homepage#2818',
    usedInError: ({ invalid }) => invalid === 'id',
  },
  id_case: {
    operations: 'every',
    statement: 'Ids are the same in upper and lower case.',
    evidence: 'assumed',
    source: 'they are hex',
    unobservable: 'the answer shows an id as it is kept',
  },
  credential_styles: {
    operations: 'every',
    statement: 'A bearer token, an e-mail with a key, or a service key let in; several at once are fine.',
    evidence: 'documented',
    source: 'the published description; the SDK sends all that it was given',
  },
  credential_forms: {
    operations: 'every',
    statement:
      'A key has 37 to 45 hex digits, or 32 as in the documentation, or begins with `cfk_`. With `--auth strict` a token has 40 characters or a prefix such as `cfut_`. What a seed lists may have any form.',
    evidence: 'inferred',
    source:
      "Cloudflare's page on token formats; other lengths were refused in Posh-ACME#126 (a key of 38) and by the test of Homebrew's flarectl (a short token)",
    usedInError: ({ error, is_strict }) =>
      error === 'key_malformed' || (is_strict && error === 'authorization_malformed'),
  },
  permissions: {
    operations: 'every',
    statement: 'Reading takes a read or a write permission, writing a write permission.',
    evidence: 'documented',
    source: 'the published description of each operation',
  },
  account_unlisted: {
    operations: 'every',
    statement: 'Once a seed lists accounts, any other is refused with 10000.',
    evidence: 'assumed',
    source: 'our choice, after what is recorded for the account of somebody else',
    usedInError: ({ error, is_strict }) => error === 'not_permitted' && !is_strict,
  },
  quota: {
    operations: 'every',
    statement: '1200 requests in five minutes for each credential, then 429 until these are over.',
    evidence: 'documented',
    source: "Cloudflare's page on limits",
  },
  trouble_page: {
    operations: 'every',
    statement: 'In trouble the service answers 502 or 503 with a page that is no JSON.',
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
