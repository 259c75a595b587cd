import type { FastifyReply, FastifyRequest } from 'fastify'
import { cloudflareOperation } from './cloudflare-paths.ts'
import { describeRequest } from './evidence-header.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The operation of Cloudflare that this request asks for and that we do not emulate. */
    not_emulated: string | undefined
  }
}

/**
 * Says that a request without a route asks for something that Cloudflare has, in a header, the
 * log, the request log and the evidence report. Otherwise people would look for a wrong id.
 */
export function noteNotEmulated(request: FastifyRequest, reply: FastifyReply): void {
  const { world, method, target, log } = request
  const operation = cloudflareOperation(method, target.path)
  if (operation === undefined) return

  request.not_emulated = operation
  if (world.evidence) reply.header('mockflared-not-emulated', operation)
  const isFirst = world.report.addNotEmulated(operation, () => describeRequest(request))
  if (isFirst) log.warn(`${operation} is not emulated: see docs/limits.md`)
}
