import type { FastifyReply, FastifyRequest } from 'fastify'

/**
 * Recorded on every answer. The quota is documented; the remaining count hardly moves on the real service and does not move
 * here.
 */
const RATE_LIMIT = '"default";r=1199;t=1'
const RATE_LIMIT_POLICY = '"default";q=1200;w=300'

/** Recorded, and needed: cloudflared reads the errors of an answer only under exactly this type, without a charset (client). */
const CONTENT_TYPE = 'application/json'

export const stampHeaders = async (
  request: FastifyRequest,
  reply: FastifyReply,
  payload: unknown,
): Promise<unknown> => {
  reply.header('cf-ray', request.world.ids.ray())
  reply.header('ratelimit', RATE_LIMIT)
  reply.header('ratelimit-policy', RATE_LIMIT_POLICY)
  if (reply.hasHeader('content-type')) reply.header('content-type', CONTENT_TYPE)
  return payload
}
