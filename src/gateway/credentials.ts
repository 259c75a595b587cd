import type { CredentialRecord } from '../../schemas/records.ts'
import { refuse } from './errors.ts'

export const AUTH_MODES = ['open', 'strict', 'off'] as const

/** `open`: any well-formed credential. `strict`: only those listed. `off`: none needed. */
export type AuthMode = (typeof AUTH_MODES)[number]

/** What an operation asks of its caller (documented: permissions). */
export type Need = 'read' | 'write'

/** The headers that carry credentials; several at once are fine (documented: credential_styles). */
export interface CredentialHeaders {
  readonly authorization: string | undefined
  /** `X-Auth-Email`, which counts with a key alone. */
  readonly email: string | undefined
  /** `X-Auth-Key`. */
  readonly key: string | undefined
  /** `X-Auth-User-Service-Key`. */
  readonly service_key: string | undefined
}

type Presented = Partial<Pick<CredentialRecord, 'token' | 'email' | 'key' | 'service_key'>>

/** Reads what a caller shows, or refuses it for its form: nothing (recorded: credentials_missing), garbled (recorded: authorization_malformed). */
export function presentedBy({ authorization, email, key, service_key }: CredentialHeaders): readonly Presented[] {
  const presented: Presented[] = []

  if (authorization !== undefined) presented.push({ token: bearerOf(authorization) })
  if (email && key) presented.push({ email, key })
  if (service_key) presented.push({ service_key })

  return presented.length > 0 ? presented : refuse('credentials_missing')
}

function bearerOf(authorization: string): string {
  return /^Bearer +([\w.~+/=-]+)$/i.exec(authorization)?.[1] ?? refuse('authorization_malformed')
}

/** In strict mode: some credential shown must be listed (else 9109), cover the account and permit the need (else 10000). */
export function requirePermission(
  presented: readonly Presented[],
  listed: readonly CredentialRecord[],
  account: string,
  need: Need,
): void {
  const known = listed.filter(credential => presented.some(shown => isSame(shown, credential)))
  if (known.length === 0) refuse('credential_unknown')
  if (!known.some(credential => covers(credential, account) && permits(credential, need))) refuse('not_permitted')
}

function isSame(shown: Presented, listed: CredentialRecord): boolean {
  if (shown.token) return shown.token === listed.token
  if (shown.service_key) return shown.service_key === listed.service_key
  return shown.email === listed.email && shown.key === listed.key
}

function covers({ accounts }: CredentialRecord, account: string): boolean {
  return accounts?.includes(account) ?? true
}

function permits({ permissions }: CredentialRecord, need: Need): boolean {
  return permissions.some(name => name.endsWith('Write') || (need === 'read' && name.endsWith('Read')))
}

/** Once a seed lists accounts, every other is one that no credential reaches (assumed: account_unlisted). */
export function requireAccount(exists: boolean): void {
  if (!exists) refuse('not_permitted')
}
