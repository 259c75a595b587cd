import type { ErrorItem } from '../../schemas/envelope.ts'
import type { Evidence } from '../../schemas/evidence.ts'

interface CatalogueEntry {
  readonly status: number
  readonly evidence: Evidence
  readonly source: string
  /** The text may depend on what was sent; so each is a function of one detail. */
  readonly errors: (detail: string) => readonly [ErrorItem, ...ErrorItem[]]
}

/** Every refusal that the emulated API knows. Add one here and provoke it in a test; nothing else makes errors. */
export const CATALOGUE = {
  credentials_missing: {
    status: 400,
    evidence: 'recorded',
    source: 'several live transcripts',
    errors: () => [{ code: 9106, message: 'Missing X-Auth-Key, X-Auth-Email or Authorization headers' }],
  },
  authorization_malformed: {
    status: 400,
    evidence: 'recorded',
    source: 'several live transcripts',
    errors: () => [
      {
        code: 6003,
        message: 'Invalid request headers',
        error_chain: [{ code: 6111, message: 'Invalid format for Authorization header' }],
      },
    ],
  },
  credential_unknown: {
    status: 403,
    evidence: 'inferred',
    source: 'code and text recorded; of the statuses seen, 403 is the commoner',
    errors: () => [{ code: 9109, message: 'Invalid access token' }],
  },
  not_permitted: {
    status: 403,
    evidence: 'recorded',
    source: 'cloudflare-docs#13405, cf-terraforming#754: wrong account, or a permission is missing',
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
    source: 'branchbox#60, docker-mods#307, homepage#2818; assumed for a tunnel or connector id that is no UUID',
    errors: path => [
      { code: 7003, message: `Could not route to ${path}, perhaps your object identifier is invalid?` },
      { code: 7000, message: 'No route for that URI' },
    ],
  },
  method_not_allowed: {
    status: 405,
    evidence: 'recorded',
    source: 'one live transcript',
    errors: () => [{ code: 10405, message: 'Method not allowed for this authentication scheme' }],
  },
  tunnel_not_found: {
    status: 404,
    evidence: 'assumed',
    source: 'status and text are what clients rely on; nobody has shown the code',
    errors: () => [{ code: 1003, message: 'Tunnel not found' }],
  },
  connector_not_found: {
    status: 404,
    evidence: 'assumed',
    source: 'formed like tunnel_not_found',
    errors: () => [{ code: 1003, message: 'Connector not found' }],
  },
  tunnel_name_taken: {
    status: 409,
    evidence: 'recorded',
    source: 'docker-mods#280, pulumi-cloudflare#1440; assumed for a rename',
    errors: () => [
      {
        code: 1013,
        message:
          'You already have a tunnel with this name. Delete the existing tunnel, or choose a different name for your new tunnel',
      },
    ],
  },
  tunnel_connected: {
    status: 400,
    evidence: 'recorded',
    source: 'flare-operator recording 0095, 2026-09-29',
    errors: () => [
      {
        code: 1022,
        message:
          'This tunnel has active connections. Please stop all cloudflared replicas, or wait a few minutes for connections to close, then try again.',
      },
    ],
  },
  tunnel_connected_before_2026: {
    status: 400,
    evidence: 'recorded',
    source: 'terraform-provider-cloudflare#5255, 2025-03',
    errors: () => [{ code: 1022, message: 'Cannot delete tunnel because it has active connections' }],
  },
  input_invalid: {
    status: 400,
    evidence: 'inferred',
    source: 'code and wording recorded in docker-mods#307 for a broken body, without its status; assumed for the query',
    errors: reason => [{ code: 1030, message: `Could not parse input. ${reason}` }],
  },
  configuration_not_found: {
    status: 404,
    evidence: 'recorded',
    source: 'flare-operator recording 0103, 2026-09-29',
    errors: () => [{ code: 1055, message: 'Configuration for tunnel not found' }],
  },
  configuration_invalid: {
    status: 400,
    evidence: 'recorded',
    source: 'flare-operator recordings 0050 and 0051, 2026-09-29: with a line feed at the end',
    errors: reason => [{ code: 1056, message: `Bad Configuration: Validation failed: ${reason}\n` }],
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
} as const satisfies Record<string, CatalogueEntry>

export type ErrorKey = keyof typeof CATALOGUE

/** A refusal on its way to the one handler that turns it into an answer. */
export class ApiError extends Error {
  readonly key: ErrorKey
  readonly status: number
  readonly errors: readonly ErrorItem[]

  constructor(key: ErrorKey, detail = '') {
    const { status, errors } = CATALOGUE[key]
    const items = errors(detail)
    super(items[0].message)
    this.key = key
    this.status = status
    this.errors = items
  }
}

/** Refuse the request with an error of the catalogue; `detail` completes its text. */
export function refuse(key: ErrorKey, detail?: string): never {
  throw new ApiError(key, detail)
}
