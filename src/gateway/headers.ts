import type { FastifyReply, FastifyRequest } from 'fastify'
import { type Allowance, QUOTA } from '../world/rate-limit.ts'
import type { World } from '../world/world.ts'
import { describeRequest, evidenceHeaders } from './evidence-header.ts'

/**
 * Every response has these headers (recorded: answer_headers). In the recordings the count hardly
 * changes; here it changes only with the option `rate_limit`.
 */
const FULL_ALLOWANCE: Allowance = { allowed: true, remaining: QUOTA.requests - 1, reset_s: 1 }
const RATE_LIMIT_POLICY = `"default";q=${QUOTA.requests};w=${QUOTA.window_s}`

/**
 * cloudflared reads the errors of a response only if the type is exactly this, without a charset
 * (client: content_type).
 */
const CONTENT_TYPE = 'application/json'

/** The headers of every response, however it is written. */
export function commonHeaders({ ids }: World, { remaining, reset_s }: Allowance = FULL_ALLOWANCE) {
  return {
    'content-type': CONTENT_TYPE,
    'cf-ray': ids.ray(),
    ratelimit: `"default";r=${remaining};t=${reset_s}`,
    'ratelimit-policy': RATE_LIMIT_POLICY,
  }
}

export function stampHeaders(
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  const { world, allowance } = request
  reply.headers(commonHeaders(world, allowance))
  reply.headers(evidenceHeaders(world, request.used_behaviours, () => describeRequest(request)))
  if (reply.statusCode === 204) reply.removeHeader('content-type')
  done(null, payload)
}
