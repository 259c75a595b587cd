import type { CredentialRecord } from '../../schemas/records.ts'
import type { ErrorDefinition } from '../evidence/types.ts'
import { throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { ProtectedResource, Scope } from './scope.ts'

/** The permission that an operation requires of its caller (documented: permissions). */
export interface RequiredPermission {
  /** Cloudflare's permission groups without the ending `Read` or `Write`. Any one is enough. */
  readonly groups: readonly string[]
  /** A `Write` group also permits reads. */
  readonly access: 'read' | 'write'
  /** Finds what the credential must cover. */
  readonly scope: Scope
  /** The error without the permission, if it is not the usual one. */
  readonly refusal?: ErrorDefinition
}

/**
 * The headers that carry credentials. A request may have several (documented: credential_styles).
 */
export interface CredentialHeaders {
  readonly authorization: string | undefined
  /** `X-Auth-Email`; ignored without a key. */
  readonly email: string | undefined
  /** `X-Auth-Key`. */
  readonly key: string | undefined
  /** `X-Auth-User-Service-Key`. */
  readonly service_key: string | undefined
}

type Credential = Partial<Pick<CredentialRecord, 'token' | 'email' | 'key' | 'service_key'>>

/**
 * Reads the credentials in the headers of a request. Rejects a request without any
 * (recorded: credentials_missing), or with another scheme than Bearer
 * (recorded: authorization_malformed).
 */
export function readCredentials({ authorization, email, key, service_key }: CredentialHeaders): readonly Credential[] {
  const presented: Credential[] = []

  if (authorization !== undefined) presented.push({ token: bearerOf(authorization) })
  if (email && key) presented.push({ email, key })
  if (service_key) presented.push({ service_key })

  return presented.length > 0 ? presented : throwApiError(GATEWAY_ERRORS.credentials_missing)
}

function bearerOf(authorization: string): string {
  return /^Bearer +(\S.*)$/i.exec(authorization)?.[1] ?? throwApiError(GATEWAY_ERRORS.authorization_malformed)
}

/**
 * 40 characters, or a prefix such as `cfut_` and at least as many
 * (inferred: credential_forms).
 */
const TOKEN = /^(?:[\w-]{40}|cf[a-z]+_[\w-]{40,})$/

/**
 * Outside strict mode any text without blanks and quotes will do, but not the text of an unset
 * variable (recorded: authorization_malformed).
 */
const ANY_TOKEN = /^(?!(?:undefined|null)$)[\w.~+/=-]+$/

/**
 * 37 to 45 lower-case hex digits; 32 as in Cloudflare's example; or the prefix `cfk_` and at least
 * 40 characters (inferred: credential_forms).
 */
const KEY = /^(?:[0-9a-f]{32}|[0-9a-f]{37,45}|cfk_[\w-]{40,})$/

/**
 * Rejects credentials that nobody can have, before they are looked up. A credential in a seed is
 * never malformed, so that seeds may use short ones.
 */
export function requireForm(
  presented: readonly Credential[],
  isStrict: boolean,
  listed: () => readonly CredentialRecord[],
): void {
  for (const credential of presented) {
    const error = formError(credential, isStrict)
    if (error && !listed().some(one => isSame(credential, one))) throwApiError(error)
  }
}

function formError({ token, key }: Credential, isStrict: boolean): ErrorDefinition | undefined {
  if (token && !(isStrict ? TOKEN : ANY_TOKEN).test(token)) return GATEWAY_ERRORS.authorization_malformed
  return key && !KEY.test(key) ? GATEWAY_ERRORS.key_malformed : undefined
}

/**
 * In strict mode a credential must be in the seed (otherwise error 9109), cover `resource` and have
 * the permission (otherwise 10000). `resource` is undefined if it needs to cover nothing.
 */
export function requirePermission(
  presented: readonly Credential[],
  listed: readonly CredentialRecord[],
  permission: RequiredPermission,
  resource: ProtectedResource | undefined,
): void {
  const valid = validAmong(presented, listed)
  if (valid.length === 0) throwApiError(GATEWAY_ERRORS.credential_unknown)
  if (!permits(valid, permission, resource)) throwApiError(permission.refusal ?? GATEWAY_ERRORS.not_permitted)
}

/** The listed credentials that a request presents. */
export function validAmong(
  presented: readonly Credential[],
  listed: readonly CredentialRecord[],
): readonly CredentialRecord[] {
  return listed.filter(credential => presented.some(one => isSame(one, credential)))
}

/** Whether one of the credentials covers the resource and has the permission. */
export function permits(
  credentials: readonly CredentialRecord[],
  permission: RequiredPermission,
  resource: ProtectedResource | undefined,
): boolean {
  return credentials.some(credential => covers(credential, resource) && grants(credential, permission))
}

function isSame(presented: Credential, listed: CredentialRecord): boolean {
  if (presented.token) return presented.token === listed.token
  if (presented.service_key) return presented.service_key === listed.service_key
  return presented.email === listed.email && presented.key === listed.key
}

function covers({ accounts, zones }: CredentialRecord, resource: ProtectedResource | undefined): boolean {
  if (resource === undefined) return true
  const { account_id, zone_id } = resource
  const coversZone = zones === null || zone_id === undefined || zones.includes(zone_id)
  return coversZone && (accounts === null || accounts.includes(account_id))
}

function grants({ permissions }: CredentialRecord, { groups, access }: RequiredPermission): boolean {
  const names = groups.flatMap(group => (access === 'read' ? [`${group} Read`, `${group} Write`] : [`${group} Write`]))
  return names.some(name => permissions.some(granted => granted === name))
}

/** If a seed lists accounts, only those exist, for any credential (assumed: account_unlisted). */
export function requireAccount(exists: boolean): void {
  if (!exists) throwApiError(GATEWAY_ERRORS.not_permitted)
}
