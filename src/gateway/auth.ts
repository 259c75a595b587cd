import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import { type CredentialHeaders, type Need, presentedBy, requireAccount, requirePermission } from './credentials.ts'
import { refuse } from './errors.ts'
import { accountExists, listCredentials } from './store.ts'

/** The gateway in front of the API: before anything else is looked at, the caller must be known and the account in reach. */
export function requireCredentials(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const { need } = request.route.config
  if (need !== undefined) requireNeed(request, need)
  done()
}

function requireNeed({ world, headers, params }: FastifyRequest, need: Need): void {
  const presented = world.auth === 'off' ? [] : presentedBy(credentialsIn(headers))
  const account = accountIn(params)
  if (problemWith(AccountId, account)) return // A matter of routing: the path is refused for its form.

  if (world.auth === 'strict') requirePermission(presented, listCredentials(world.db), account, need)
  requireAccount(accountExists(world.db, account))
}

/** Each user or account token has a quota of its own (documented: quota). `retry-after` comes with a 429 only. */
export function requireQuota(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  if (request.world.rate_limit && request.route.config.need !== undefined) takeFromQuota(request, reply)
  done()
}

function takeFromQuota(request: FastifyRequest, reply: FastifyReply): void {
  const { world, headers } = request
  const allowance = world.quota.take(JSON.stringify(credentialsIn(headers)), world.now())
  request.allowance = allowance
  if (allowance.allowed) return

  reply.header('retry-after', allowance.reset_s)
  refuse('rate_limited')
}

function accountIn(params: unknown): string {
  return typeof params === 'object' && params !== null && 'account_id' in params
    ? String(params.account_id).toLowerCase()
    : ''
}

function credentialsIn(headers: IncomingHttpHeaders): CredentialHeaders {
  return {
    authorization: headers.authorization,
    email: textOf(headers['x-auth-email']),
    key: textOf(headers['x-auth-key']),
    service_key: textOf(headers['x-auth-user-service-key']),
  }
}

/** Who calls, as far as it can be told: the e-mail address that goes with a key, or nobody in particular. */
export function callerIn(headers: IncomingHttpHeaders): string {
  return textOf(headers['x-auth-email']) ?? 'API token'
}

function textOf(value: string | string[] | undefined): string | undefined {
  return Array.isArray(value) ? value[0] : value
}
