import type { TunnelRecord } from '../../../schemas/records.ts'
import { microsOf } from '../../../schemas/time.ts'
import type { Timestamp } from '../../../schemas/timestamp.ts'
import type { ManagementResource } from '../../../schemas/token.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { TOKEN_ERRORS } from './errors.ts'

/** (recorded: management_token) */
const MANAGEMENT_TOKEN_SECONDS = 3_600

/**
 * Neither an unknown tunnel (assumed: token_not_found) nor a deleted one has a token
 * (documented: tunnel_token_of_deleted).
 */
export function requireToken<T extends TunnelRecord>(tunnel: T | undefined): T {
  return tunnel?.deleted_at === null ? tunnel : throwApiError(TOKEN_ERRORS.token_not_found)
}

/**
 * Base64 of compact JSON (recorded: tunnel_token). A new secret changes it
 * (documented: tunnel_token_rotates).
 */
export function tunnelToken({ account_tag, id, tunnel_secret }: TunnelRecord): string {
  return btoa(JSON.stringify({ a: account_tag, t: id, s: tunnel_secret }))
}

/** Decodes a tunnel token; returns undefined for any other text. */
export function readTunnelToken(token: string): { account: string; tunnel: string; secret: string } | undefined {
  try {
    const { a: account, t: tunnel, s: secret } = JSON.parse(atob(token))
    return [account, tunnel, secret].every(part => typeof part === 'string') ? { account, tunnel, secret } : undefined
  } catch {
    return undefined
  }
}

export interface ManagementClaims {
  readonly tun: { readonly id: string; readonly account_tag: string }
  readonly actor: { readonly id: string; readonly support: false }
  readonly res: readonly string[]
  /** Seconds since 1970. */
  readonly exp: number
  readonly iat: number
  readonly iss: 'tunnelstore'
}

/**
 * The claims of a management token (recorded: management_token). `logs` includes `ping`
 * (recorded: management_ping). cloudflared rejects a token without tunnel, account or actor.
 */
export function managementClaims(
  { id, account_tag }: TunnelRecord,
  resources: readonly ManagementResource[],
  actor: string,
  now: Timestamp,
): ManagementClaims {
  const iat = Math.floor(microsOf(now) / 1_000_000)
  const res = resources.includes('logs') ? [...resources, 'ping'] : resources
  return {
    tun: { id, account_tag },
    actor: { id: actor, support: false },
    res,
    exp: iat + MANAGEMENT_TOKEN_SECONDS,
    iat,
    iss: 'tunnelstore',
  }
}
