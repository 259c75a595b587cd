import type { FastifyReply, FastifyRequest } from 'fastify'
import type { World } from '../world.ts'

/**
 * Recorded on every answer. The quota is documented; the remaining count hardly moves on the real service and does not move
 * here.
 */
const RATE_LIMIT = '"default";r=1199;t=1'
const RATE_LIMIT_POLICY = '"default";q=1200;w=300'

/** Recorded, and needed: cloudflared reads the errors of an answer only under exactly this type, without a charset (client). */
const CONTENT_TYPE = 'application/json'

/** What is on every answer, whichever way it is written. */
export const commonHeaders = ({ ids }: World) => ({
  'content-type': CONTENT_TYPE,
  'cf-ray': ids.ray(),
  ratelimit: RATE_LIMIT,
  'ratelimit-policy': RATE_LIMIT_POLICY,
})

export const stampHeaders = async (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> => {
  reply.headers(commonHeaders(request.world))
  if (reply.statusCode === 204) reply.removeHeader('content-type')
  return payload
}
