import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import { throwApiError } from './api-error.ts'
import {
  type CredentialHeaders,
  presentedBy,
  type RequiredPermission,
  requireAccount,
  requirePermission,
} from './credentials.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { accountExists, listCredentials } from './store.ts'

/** Before anything else the caller must be known and the account in reach. */
export function requireCredentials(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { permission } = request.routeOptions.config
  if (permission) authorize(request, permission)
  done()
}

function authorize({ world, headers, target }: FastifyRequest, permission: RequiredPermission): void {
  const presented = world.auth === 'off' ? [] : presentedBy(credentialsIn(headers))
  const account = permission.scope === 'account' ? (target.account_id ?? '') : undefined
  // A malformed account id is a matter of routing: the error handler names the path.
  if (account !== undefined && problemWith(AccountId, account)) return

  if (world.auth === 'strict') requirePermission(presented, listCredentials(world.db), permission, account)
  if (account !== undefined) requireAccount(accountExists(world.db, account))
}

/** Each user or account token has a quota of its own (documented: quota). `retry-after` comes with a 429 only. */
export function requireQuota(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.world.rate_limit && request.routeOptions.config.permission) takeFromQuota(request, reply)
  done()
}

function takeFromQuota(request: FastifyRequest, reply: FastifyReply): void {
  const { world, headers, moment } = request
  const allowance = world.rateLimiter.take(JSON.stringify(credentialsIn(headers)), moment.now)
  request.allowance = allowance
  if (allowance.allowed) return

  reply.header('retry-after', allowance.reset_s)
  throwApiError(GATEWAY_ERRORS.rate_limited)
}

function credentialsIn(headers: IncomingHttpHeaders): CredentialHeaders {
  return {
    authorization: headers.authorization,
    email: textOf(headers['x-auth-email']),
    key: textOf(headers['x-auth-key']),
    service_key: textOf(headers['x-auth-user-service-key']),
  }
}

/** The author of a change: the e-mail address that goes with a key, or `API token`. */
export function callerIn(headers: IncomingHttpHeaders): string {
  return textOf(headers['x-auth-email']) ?? 'API token'
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
