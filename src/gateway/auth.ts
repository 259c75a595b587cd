import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import { throwApiError } from './api-error.ts'
import {
  type CredentialHeaders,
  type RequiredPermission,
  readCredentials,
  requireAccount,
  requireForm,
  requirePermission,
} from './credentials.ts'
import { GATEWAY_ERRORS } from './errors.ts'
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
  const account = permission.scope === 'account' ? (target.account_id ?? '') : undefined
  // Validation rejects a malformed account id later, with the error for an unknown path.
  if (account !== undefined && problemWith(AccountId, account)) return

  if (isStrict) requirePermission(presented, listed(), permission, account)
  if (account !== undefined) requireAccount(accountExists(world.db, account))
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
