import type { FastifyReply, FastifyRequest } from 'fastify'
import { throwApiError } from './api-error.ts'
import { pathOf } from './error-handler.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { App } from './route.ts'

interface Path {
  readonly pattern: RegExp
  readonly methods: string[]
}

/**
 * Answers what no route of `register` serves. On a path that it knows, OPTIONS says what there is and any other method is
 * refused (recorded: method_not_allowed); an unknown path is 404 (recorded: unroutable).
 */
export function answerOthers(app: App, register: () => void): void {
  const paths = new Map<string, Path>()
  app.addHook('onRoute', ({ url, method }) => {
    const known = paths.get(url) ?? { pattern: patternOf(url), methods: [] }
    known.methods.push(...[method].flat().flatMap(served => (served === 'GET' ? [served, 'HEAD'] : [served])))
    paths.set(url, known)
  })
  register()

  app.setNotFoundHandler((request: FastifyRequest, reply: FastifyReply) => {
    const path = pathOf(request)
    const known = [...paths.values()].find(({ pattern }) => pattern.test(path))
    if (!known) throwApiError(GATEWAY_ERRORS.unroutable, path)

    reply.header('allow', [...(known?.methods ?? []), 'OPTIONS'].join(', '))
    return request.method === 'OPTIONS' ? reply.code(204).send() : throwApiError(GATEWAY_ERRORS.method_not_allowed)
  })
}

function patternOf(url: string): RegExp {
  return new RegExp(`^${url.replaceAll(/:\w+/g, '[^/]+')}$`)
}
