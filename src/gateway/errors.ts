import { defineErrors } from './api-error.ts'

/** The errors that every operation can return. */
export const GATEWAY_ERRORS = defineErrors({
  credentials_missing: {
    status: 400,
    evidence: 'recorded',
    source: 'several live transcripts',
    is_of_gateway: true,
    errors: () => [{ code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' }],
  },
  authorization_malformed: {
    status: 400,
    evidence: 'recorded',
    source:
      'ddns-go#916, 2023-11; workers-sdk#15616 and ship-studio#966, 2026-09: a bearer token that is not an API token',
    is_of_gateway: true,
    errors: () => [
      {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
      },
    ],
  },
  key_malformed: {
    status: 400,
    evidence: 'recorded',
    source: 'cloudflare-typescript#161, 2024-03, with its headers; ddclient#262: a token sent as key',
    is_of_gateway: true,
    errors: () => [
      {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6103, message: 'Invalid format for X-Auth-Key header' }],
      },
    ],
  },
  credential_unknown: {
    status: 403,
    evidence: 'inferred',
    source: 'code and text recorded; of the recorded statuses, 403 is more common',
    is_of_gateway: true,
    errors: () => [{ code: 9109, message: 'Invalid access token' }],
  },
  not_permitted: {
    status: 403,
    evidence: 'recorded',
    source:
      'cloudflare-docs#13405, with none of the headers of the other errors of the gateway; cf-terraforming#754: wrong account, or a permission is missing',
    errors: () => [{ code: 10000, message: 'Authentication error' }],
  },
  rate_limited: {
    status: 429,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5505; the quota is documented',
    errors: () => [{ code: 971, message: 'Please wait and consider throttling your request speed' }],
  },
  unroutable: {
    status: 404,
    evidence: 'recorded',
    source:
      'cloudflare-ddns-updater#61, 2023-03, and timothymiller/cloudflare-ddns#152, 2023-10; status: homepage#2818',
    is_of_gateway: true,
    errors: path => [
      { code: 7003, message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?` },
    ],
  },
  zone_unroutable: {
    status: 400,
    evidence: 'recorded',
    source:
      'text: timothymiller/cloudflare-ddns#152, 2023-10; status: cloudflare-go#118, cf-terraforming#254, wherelse#20',
    is_of_gateway: true,
    errors: path => [
      { code: 7003, message: `Could not route to /client/v4${path}, perhaps your object identifier is invalid?` },
    ],
  },
  tunnel_unroutable: {
    status: 404,
    evidence: 'recorded',
    source: 'branchbox#60, 2026-03, docker-mods#307; assumed for a tunnel or connector id that is not a UUID',
    is_of_gateway: true,
    errors: path => [
      { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
      { code: 7000, message: 'No route for that URI' },
    ],
  },
  method_not_allowed: {
    status: 405,
    evidence: 'recorded',
    source: 'one live transcript',
    is_of_gateway: true,
    errors: () => [{ code: 10405, message: 'Method not allowed for this authentication scheme' }],
  },
  token_method_not_allowed: {
    status: 405,
    evidence: 'inferred',
    source:
      'code and text: cloudflare-docs#23461, 2025-07, for an uncertain path. python-cloudflare#141 and DDNS-Cloudflare-Bash#3, without the last id. Status: the integration tests of Cloudflare.NET',
    errors: method => [
      { code: 10000, message: `${method} method not allowed for the api_token authentication scheme` },
    ],
  },
  input_invalid: {
    status: 400,
    evidence: 'inferred',
    source:
      'code and wording recorded in docker-mods#307 for a broken body, without its status; inferred for the query',
    errors: reason => [{ code: 1030, message: `Could not parse input. ${reason}` }],
  },
  page_refused: {
    status: 403,
    evidence: 'assumed',
    source: 'our choice, for web pages of other origins; the code is formed like 10405',
    errors: page => [
      { code: 10403, message: `mockflared does not answer pages of ${page}; --allow-origin names those it answers` },
    ],
  },
  body_too_large: {
    status: 413,
    evidence: 'assumed',
    source: 'our limit, 1 MiB; the code is formed like 10405',
    errors: () => [{ code: 10413, message: 'Request body is too large' }],
  },
  headers_too_large: {
    status: 431,
    evidence: 'assumed',
    source: 'our limit is that of Node; the code is formed like 10405',
    errors: () => [{ code: 10431, message: 'Request header fields are too large' }],
  },
  request_malformed: {
    status: 400,
    evidence: 'assumed',
    source: 'our choice, for HTTP that cannot be understood; the code is formed like 10405',
    errors: reason => [{ code: 10400, message: `Bad request: ${reason}` }],
  },
  request_too_slow: {
    status: 408,
    evidence: 'assumed',
    source: 'our limit, 30 seconds; the code is formed like 10405',
    errors: () => [{ code: 10408, message: 'The request took too long to arrive' }],
  },
  storage_failed: {
    status: 507,
    evidence: 'assumed',
    source: 'our choice, for a full disk or a file that cannot be written; the code is formed like 10405',
    errors: () => [{ code: 10507, message: 'The data could not be stored' }],
  },
  internal: {
    status: 500,
    evidence: 'assumed',
    source: 'our choice, for a defect of mockflared; the code is formed like 10405',
    errors: () => [{ code: 10500, message: 'Internal server error' }],
  },
})
