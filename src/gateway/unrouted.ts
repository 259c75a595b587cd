import type { FastifyReply, FastifyRequest } from 'fastify'
import { throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { App } from './route.ts'

interface KnownPath {
  readonly pattern: RegExp
  readonly methods: string[]
}

/**
 * Responds to requests that match no route of `register`. On a known path, OPTIONS returns the
 * methods and any other method gets 405 (recorded: method_not_allowed). An unknown path gets 404
 * (recorded: unroutable).
 */
export function handleUnrouted(app: App, register: () => void): void {
  const paths = new Map<string, KnownPath>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: patternOf(url), methods: [] }
    known.methods.push(...[method].flat())
    paths.set(url, known)
  })
  register()

  app.setNotFoundHandler(({ target: { path }, method }: FastifyRequest, reply: FastifyReply) => {
    const known = [...paths.values()].find(({ pattern }) => pattern.test(path))
    if (!known) throwApiError(GATEWAY_ERRORS.unroutable, path)

    reply.header('allow', [...(known?.methods ?? []), 'OPTIONS'].join(', '))
    return method === 'OPTIONS' ? reply.code(204).send() : throwApiError(GATEWAY_ERRORS.method_not_allowed)
  })
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`)
}
