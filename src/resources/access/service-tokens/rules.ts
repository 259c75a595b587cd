import type {
  AccessServiceTokenInput,
  AccessServiceTokenRecord,
  AccessServiceTokenUpdate,
} from '../../../../schemas/access-service-token.ts'
import { parseDuration } from '../../../../schemas/duration.ts'
import { plusMillis } from '../../../../schemas/time.ts'
import type { Timestamp } from '../../../../schemas/timestamp.ts'
import { requireDuration } from '../durations.ts'
import { inSeconds } from '../seconds.ts'

/** (documented: access_token_duration) */
const DEFAULT_DURATION = '8760h'

/** The ids and secrets of a new token. */
export interface NewToken {
  readonly id: string
  readonly client_id: string
  readonly client_secret: string
}

export function createToken(
  account_id: string,
  { name, duration = DEFAULT_DURATION, enabled = true, client_secret_version = 1 }: AccessServiceTokenInput,
  identity: NewToken,
  now: Timestamp,
): AccessServiceTokenRecord {
  const time = inSeconds(now)
  return {
    ...identity,
    account_id,
    name,
    client_secret_version,
    duration,
    enabled,
    expires_at: expiryOf(duration, now),
    created_at: time,
    updated_at: time,
  }
}

/**
 * Changes the given fields. Another duration counts from now (inferred: access_token_update), and a
 * greater version of the secret makes a new secret (documented: access_token_rotation).
 */
export function updateToken(
  token: AccessServiceTokenRecord,
  change: AccessServiceTokenUpdate,
  newSecret: () => string,
  now: Timestamp,
): AccessServiceTokenRecord {
  const { name = token.name, duration = token.duration, enabled = token.enabled } = change
  const { client_secret_version = token.client_secret_version } = change
  const client_secret = client_secret_version > token.client_secret_version ? newSecret() : token.client_secret
  const expires_at = duration === token.duration ? token.expires_at : expiryOf(duration, now)
  return {
    ...token,
    name,
    duration,
    enabled,
    client_secret,
    client_secret_version,
    expires_at,
    updated_at: inSeconds(now),
  }
}

/** (documented: access_token_rotation) */
export function rotateToken(
  token: AccessServiceTokenRecord,
  client_secret: string,
  now: Timestamp,
): AccessServiceTokenRecord {
  return {
    ...token,
    client_secret,
    client_secret_version: token.client_secret_version + 1,
    updated_at: inSeconds(now),
  }
}

/** Extends the life of a token by its duration from now (documented: access_token_refresh). */
export function refreshToken(token: AccessServiceTokenRecord, now: Timestamp): AccessServiceTokenRecord {
  return { ...token, expires_at: expiryOf(token.duration, now), updated_at: inSeconds(now) }
}

/** Null for `forever` (documented: access_token_duration). */
function expiryOf(duration: string, now: Timestamp): string | null {
  if (duration === 'forever') return null
  requireDuration('duration', duration)
  return inSeconds(plusMillis(now, Math.floor(parseDuration(duration))))
}
