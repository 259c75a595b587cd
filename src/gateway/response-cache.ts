import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Answer } from '../world/response-cache.ts'
import { accountIn } from './auth.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Keeps its answer for whoever asks the same again; undefined where that would not do. */
    remember: ((answer: Answer) => void) | undefined
  }
}

/**
 * Gives the answer of last time where it would be the same again. Who asks is looked at every time, and what an answer has beside its
 * body is made anew.
 */
export function recallAnswer(request: FastifyRequest, reply: FastifyReply, done: () => void): void {
  const known = isPlainRead(request) ? recall(request) : undefined
  if (known) reply.send(known.text)
  else done()
}

/** Where there is nothing to recall, the answer may be kept. */
function recall(request: FastifyRequest): Answer | undefined {
  const { world, url, params } = request
  const now = world.now()

  const known = world.answers.recall(url, now)
  if (known) request.leaning = known.leaning
  else request.remember = world.answers.keeper(url, accountIn(params), world.momentAt(now))
  return known
}

export function rememberAnswer(
  { remember, leaning }: FastifyRequest,
  { statusCode }: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  if (remember && statusCode === 200 && typeof payload === 'string') remember({ text: payload, leaning })
  done(null, payload)
}

/** A GET of the API in which no fault has a part. */
function isPlainRead({ method, route: { config }, lagMs, fault }: FastifyRequest): boolean {
  return method === 'GET' && config.need !== undefined && lagMs === 0 && fault === undefined
}
