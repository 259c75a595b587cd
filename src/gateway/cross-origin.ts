import type { FastifyReply, FastifyRequest } from 'fastify'
import { otherPageOf } from '../config/own-pages.ts'
import { throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'

/**
 * Rejects requests of web pages of other origins, since any page that somebody visits could change
 * the tunnels of a server on the same machine (assumed: page_refused). The option `allow_origin`
 * names the pages that may; they need CORS headers, which Cloudflare does not send.
 */
export function refuseOtherPages(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const { public_url, allow_origin } = request.emulator.pages
  const page = otherPageOf(request, public_url)
  if (page === undefined) {
    done()
    return
  }
  const allowed = allow_origin.find(origin => origin === '*' || origin === page)
  if (allowed === undefined) throwApiError(GATEWAY_ERRORS.page_refused, page)

  allowPage(allowed, reply)
  if (isPreflight(request)) answerPreflight(request, reply)
  else done()
}

/** Sets the headers on the raw response, since some faults send that without Fastify. */
function allowPage(origin: string, { raw }: FastifyReply): void {
  raw.setHeader('access-control-allow-origin', origin)
  raw.setHeader('access-control-expose-headers', '*')
  if (origin !== '*') raw.setHeader('vary', 'Origin')
}

function isPreflight({ method, headers }: FastifyRequest): boolean {
  return method === 'OPTIONS' && headers['access-control-request-method'] !== undefined
}

/** Headers are allowed by name, since `*` does not include Authorization. */
function answerPreflight({ headers }: FastifyRequest, reply: FastifyReply): void {
  reply
    .code(204)
    .headers({
      'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
      'access-control-allow-headers': headers['access-control-request-headers'] ?? '',
    })
    .send()
}
