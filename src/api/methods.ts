import { refuse } from '../domain/errors.ts'
import type { App } from './route.ts'

/**
 * Gives each path that `register` adds an answer for every method it does not serve: OPTIONS says what there is, any other is
 * refused (recorded: 405, where an unknown path is 404).
 */
export const answerOtherMethods = (app: App, register: () => void): void => {
  const served = new Map<string, string[]>()
  app.addHook('onRoute', ({ url, method }) => {
    served.set(url, [...(served.get(url) ?? []), ...[method].flat()])
  })
  register()

  for (const [url, methods] of [...served]) {
    const allow = [...methods, 'OPTIONS'].join(', ')
    const others = app.supportedMethods.filter(method => !methods.includes(method) && method !== 'OPTIONS')

    app.options(url, (_request, reply) => reply.code(204).header('allow', allow).send())
    app.route({
      method: others,
      url,
      handler: (_request, reply) => {
        reply.header('allow', allow)
        refuse('method_not_allowed')
      },
    })
  }
}
