/**
 * The emulated plane: Cloudflare's Tunnel API as its clients see it. A handler reads aloud: load, decide, save, present,
 * answer. Rules are in `domain`, SQL is in `store`; what a handler needs comes with `request.world`.
 */
// Imported, since a test in whose process this runs may have put another one in the place of the global one.
import { nextTick } from 'node:process'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { argoTunnelRoutes } from './argo-tunnels.ts'
import { requireCredentials, requireQuota } from './auth.ts'
import { configurationRoutes } from './configurations.ts'
import { connectionRoutes } from './connections.ts'
import { connectorRoutes } from './connectors.ts'
import { answerFailure } from './failures.ts'
import { stampHeaders } from './headers.ts'
import { managementRoutes } from './management.ts'
import { answerOthers } from './methods.ts'
import { recallAnswer, rememberAnswer } from './recollection.ts'
import type { App } from './route.ts'
import { tokenRoutes } from './tokens.ts'
import { tunnelRoutes } from './tunnels.ts'
import { acceptAnyBody, parseBody } from './validation.ts'

export const emulatedPlane = async (app: App): Promise<void> => {
  acceptAnyBody(app)
  app.decorateRequest('allowance', undefined)
  app.decorateRequest('leaning', undefined)
  app.decorateRequest('remember', undefined)
  app.addHook('onRequest', requireCredentials)
  app.addHook('onRequest', requireQuota)
  app.addHook('onRequest', recallAnswer)
  app.addHook('preValidation', parseBody)
  app.addHook('onSend', rememberAnswer)
  app.addHook('onSend', stampHeaders)
  app.addHook('onSend', sendTogether)
  app.setErrorHandler(answerFailure)

  answerOthers(app, () => {
    tunnelRoutes(app)
    configurationRoutes(app)
    connectionRoutes(app)
    connectorRoutes(app)
    tokenRoutes(app)
    managementRoutes(app)
    argoTunnelRoutes(app)
  })
}

/**
 * Once all that came with it are answered too: who waits is woken by the first of these answers and finds the others there, instead
 * of falling asleep again before each. To wake somebody takes longer than to answer.
 */
const sendTogether = (
  _request: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void => nextTick(done, null, payload)
