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
export const CONTENT_TYPE = 'application/json'

/** The headers that the proxy in front of the API adds to every response. */
export function proxyHeaders({ ids }: World) {
  return { server: 'cloudflare', 'cf-cache-status': 'DYNAMIC', 'cf-ray': ids.ray() }
}

/**
 * Cloudflare's gateway adds these to what it answers itself, such as errors about credentials and
 * paths, and the list of zones. Other services do not (recorded: gateway_headers).
 */
export const GATEWAY_HEADERS = {
  vary: 'Accept-Encoding',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'SAMEORIGIN',
  'strict-transport-security': 'max-age=31536000',
  'cache-control': 'no-store, no-cache, must-revalidate, post-check=0, pre-check=0',
  expires: 'Sun, 25 Jan 1981 05:00:00 GMT',
  pragma: 'no-cache',
}

/** What zones, DNS and tunnels add (recorded: service_headers), with a date of our choice. */
function serviceHeaders({ ids }: World) {
  return { 'api-version': '2026-11-01', 'cf-auditlog-id': ids.auditId() }
}

/** The headers of every response, however it is written. */
export function commonHeaders(world: World, { remaining, reset_s }: Allowance = FULL_ALLOWANCE) {
  return {
    'content-type': CONTENT_TYPE,
    ...proxyHeaders(world),
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
  const { world, allowance, routeOptions } = request
  reply.headers(commonHeaders(world, allowance))
  if (routeOptions.schema?.operationId !== undefined) reply.headers(serviceHeaders(world))
  if (routeOptions.config.has_gateway_headers) reply.headers(GATEWAY_HEADERS)
  reply.headers(evidenceHeaders(world, request.used_behaviours, () => describeRequest(request)))
  if (reply.statusCode === 204) reply.removeHeader('content-type')
  done(null, payload)
}
