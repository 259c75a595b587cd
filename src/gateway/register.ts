/**
 * The emulated plane: Cloudflare's Tunnel API as its clients see it. A handler reads aloud: load, decide, save, present,
 * answer. Rules are in `domain`, SQL is in `store`; what a handler needs comes with `request.world`.
 */
// Imported, since a test in whose process this runs may have put another one in the place of the global one.
import { nextTick } from 'node:process'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { requireCredentials, requireQuota } from './auth.ts'
import { sendFailure } from './error-handler.ts'
import { findUsedBehaviours } from './evidence-header.ts'
import { stampHeaders } from './headers.ts'
import type { App } from './route.ts'
import { answerOthers } from './unrouted.ts'
import { acceptAnyBody, parseBody } from './validation.ts'

export async function emulatedPlane(app: App, routes: (app: App) => void): Promise<void> {
  acceptAnyBody(app)
  app.decorateRequest('allowance', undefined)
  app.decorateRequest('used_behaviours', undefined)
  app.decorateRequest('noted_behaviours')
  app.addHook('onRequest', (request, _reply, done) => {
    request.noted_behaviours = []
    done()
  })
  app.addHook('onRequest', requireCredentials)
  app.addHook('onRequest', requireQuota)
  app.addHook('preValidation', parseBody)
  app.addHook('preSerialization', findUsedBehaviours)
  app.addHook('onSend', stampHeaders)
  app.addHook('onSend', sendTogether)
  app.setErrorHandler(sendFailure)

  answerOthers(app, () => routes(app))
}

/**
 * Once all that came with it are answered too: who waits is woken by the first of these answers and finds the others there, instead
 * of falling asleep again before each. To wake somebody takes longer than to answer.
 */
function sendTogether(
  _request: FastifyRequest,
  _reply: FastifyReply,
  payload: unknown,
  done: (error: null, payload: unknown) => void,
): void {
  nextTick(done, null, payload)
}
