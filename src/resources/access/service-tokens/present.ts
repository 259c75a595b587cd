import type {
  AccessServiceToken,
  AccessServiceTokenRecord,
  AccessServiceTokenWithSecret,
} from '../../../../schemas/access-service-token.ts'

/** A service token with the keys of a recorded one (recorded: access_token_values). */
export function presentToken(token: AccessServiceTokenRecord): AccessServiceToken {
  const { id, client_id, name, duration, enabled, expires_at, created_at, updated_at } = token
  return { id, client_id, name, duration, enabled, ...(expires_at && { expires_at }), created_at, updated_at }
}

/** Only for the answer that brings a new secret (documented: access_token_secret_once). */
export function presentTokenWithSecret(token: AccessServiceTokenRecord): AccessServiceTokenWithSecret {
  return { ...presentToken(token), client_secret: token.client_secret }
}
