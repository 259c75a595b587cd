import type { IncomingHttpHeaders } from 'node:http'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountId } from '../../schemas/identifiers.ts'
import { type CredentialHeaders, type Need, presentedBy, requireAccount, requirePermission } from './credentials.ts'
import { refuse } from './errors.ts'

/** The gateway in front of the API: before anything else is looked at, the caller must be known and the account in reach. */
export const requireCredentials = (request: FastifyRequest, _reply: FastifyReply, done: () => void): void => {
  const { need } = request.route.config
  if (need !== undefined) requireNeed(request, need)
  done()
}

const requireNeed = ({ world, headers, params }: FastifyRequest, need: Need): void => {
  const presented = world.auth === 'off' ? [] : presentedBy(credentialsIn(headers))
  const account = accountIn(params)
  if (problemWith(AccountId, account)) return // A matter of routing: the path is refused for its form.

  if (world.auth === 'strict') requirePermission(presented, world.store.access.credentials(), account, need)
  requireAccount(world.store.access.exists(account))
}

/** Each user or account token has a quota of its own (documented: quota). `retry-after` comes with a 429 only. */
export const requireQuota = (request: FastifyRequest, reply: FastifyReply, done: () => void): void => {
  if (request.world.rate_limit && request.route.config.need !== undefined) takeFromQuota(request, reply)
  done()
}

const takeFromQuota = (request: FastifyRequest, reply: FastifyReply): void => {
  const { world, headers } = request
  const allowance = world.quota.take(JSON.stringify(credentialsIn(headers)), world.now())
  request.allowance = allowance
  if (allowance.allowed) return

  reply.header('retry-after', allowance.reset_s)
  refuse('rate_limited')
}

export const accountIn = (params: unknown): string =>
  typeof params === 'object' && params !== null && 'account_id' in params ? String(params.account_id).toLowerCase() : ''

const credentialsIn = (headers: IncomingHttpHeaders): CredentialHeaders => ({
  authorization: headers.authorization,
  email: textOf(headers['x-auth-email']),
  key: textOf(headers['x-auth-key']),
  service_key: textOf(headers['x-auth-user-service-key']),
})

/** Who calls, as far as it can be told: the e-mail address that goes with a key, or nobody in particular. */
export const callerIn = (headers: IncomingHttpHeaders): string => textOf(headers['x-auth-email']) ?? 'API token'

const textOf = (value: string | string[] | undefined): string | undefined => (Array.isArray(value) ? value[0] : value)
