import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { throwApiError } from './api-error.ts'
import {
  type CredentialHeaders,
  permits,
  type RequiredPermission,
  readCredentials,
  requireAccount,
  requireForm,
  requirePermission,
  validAmong,
} from './credentials.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { ProtectedResource } from './scope.ts'
import { accountExists, listCredentials } from './store.ts'

/** Rejects callers without valid credentials, and accounts that the credentials do not cover. */
export function requireCredentials(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { permission } = request.routeOptions.config
  if (permission) authorize(request, permission)
  done()
}

function authorize({ world, headers, target }: FastifyRequest, permission: RequiredPermission): void {
  const isStrict = world.auth === 'strict'
  const listed = () => listCredentials(world.db)
  const presented = world.auth === 'off' ? [] : readCredentials(credentialHeadersOf(headers))
  requireForm(presented, isStrict, listed)
  const found = permission.scope(world.db, target)
  if (found === 'unroutable') return

  const resource = found === 'nothing' ? undefined : found
  if (isStrict) requirePermission(presented, listed(), permission, resource)
  if (resource) requireAccount(accountExists(world.db, resource.account_id))
}

/**
 * Whether the caller may do this with a resource. Lists use it to omit what the credentials do not
 * cover. Always true unless credentials are strict.
 */
export function isPermitted(
  { world, headers }: Pick<FastifyRequest, 'world' | 'headers'>,
  permission: RequiredPermission,
  resource: ProtectedResource,
): boolean {
  if (world.auth !== 'strict') return true
  return permits(
    validAmong(readCredentials(credentialHeadersOf(headers)), listCredentials(world.db)),
    permission,
    resource,
  )
}

/**
 * The bearer token of a request; undefined without one. Rejects a malformed one
 * (recorded: authorization_malformed).
 */
export function tokenOf({ world, headers }: Pick<FastifyRequest, 'world' | 'headers'>): string | undefined {
  const { authorization } = headers
  if (authorization === undefined) return undefined

  const presented = readCredentials({ authorization, email: undefined, key: undefined, service_key: undefined })
  requireForm(presented, world.auth === 'strict', () => listCredentials(world.db))
  return presented[0]?.token ?? undefined
}

/**
 * Each user or account token has its own quota (documented: quota). Only a 429 has `retry-after`.
 */
export function requireQuota(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.world.rate_limit && request.routeOptions.config.permission) takeFromQuota(request, reply)
  done()
}

function takeFromQuota(request: FastifyRequest, reply: FastifyReply): void {
  const { world, headers, moment } = request
  const allowance = world.rateLimiter.take(JSON.stringify(credentialHeadersOf(headers)), moment.now)
  request.allowance = allowance
  if (allowance.allowed) return

  reply.header('retry-after', allowance.reset_s)
  throwApiError(GATEWAY_ERRORS.rate_limited)
}

function credentialHeadersOf(headers: IncomingHttpHeaders): CredentialHeaders {
  return {
    authorization: headers.authorization,
    email: firstValue(headers['x-auth-email']),
    key: firstValue(headers['x-auth-key']),
    service_key: firstValue(headers['x-auth-user-service-key']),
  }
}

/** The author of a change: the e-mail address sent with an API key, or `API token`. */
export function authorOf(headers: IncomingHttpHeaders): string {
  return firstValue(headers['x-auth-email']) ?? 'API token'
}

function firstValue(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
