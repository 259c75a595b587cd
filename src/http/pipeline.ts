/**
 * Every hook that a request meets, in order. This is the one place that registers hooks of the
 * emulated API. Hooks call back instead of being async: Fastify would wait for a promise of each,
 * with every request.
 */
import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { requireCredentials, requireQuota } from '../gateway/auth.ts'
import { sendFailure } from '../gateway/error-handler.ts'
import { findUsedBehaviours } from '../gateway/evidence-header.ts'
import { faultAfterHandler, faultBeforeHandler } from '../gateway/fault-injection.ts'
import { stampHeaders } from '../gateway/headers.ts'
import { captureRequest, captureResponse } from '../gateway/request-log.ts'
import type { App } from '../gateway/route.ts'
import { acceptAnyBody, hideContentType, parseBody } from '../gateway/validation.ts'
import { MAIN_WORLD_ID } from '../worlds/registry.ts'
import { contextOf } from './context.ts'

/** In the shape of the control plane: nobody should take these for errors of Cloudflare's. */
const NO_SUCH_WORLD = { error: { code: 'not_found', message: 'there is no such world, or it was idle for too long' } }

const WORLD_ENDED = {
  error: { code: 'refused', message: 'the world was reset or deleted before the request was done' },
}

/**
 * The hooks of every route: of the emulated API, the control plane, health checks and descriptions.
 */
export function addContextHooks(app: App): void {
  app.decorateRequest('emulator')
  app.decorateRequest('world')
  app.decorateRequest('target')

  // First: finds the emulator, the world and the target of the request; 404 for a world that does
  // not exist.
  app.addHook('onRequest', findContext)
  // Last before the handler: 409 if the world ended while the request was on its way.
  app.addHook('preHandler', requireLiveWorld)
}

/** The hooks of the emulated API. They come after `findContext`, and around `requireLiveWorld`. */
export function addApiHooks(app: App, injectFaults: boolean): void {
  app.decorateRequest('moment')
  app.decorateRequest('capture', undefined)
  app.decorateRequest('lagMs', 0)
  app.decorateRequest('fault', undefined)
  app.decorateRequest('bytes', undefined)
  app.decorateRequest('allowance', undefined)
  app.decorateRequest('used_behaviours', undefined)
  app.decorateRequest('noted_behaviours')
  acceptAnyBody(app)

  // Takes the moment of the request: the one instant by which everything below decides.
  app.addHook('onRequest', beginRequest)
  // Notes for the request log what later hooks change, and writes the entry when the request is
  // over.
  app.addHook('onRequest', captureRequest)
  // Delays, cuts off or answers a request for which a fault is set, as a gateway in trouble would.
  if (injectFaults) app.addHook('onRequest', faultBeforeHandler)
  // Makes Fastify take a body of any content type.
  app.addHook('onRequest', hideContentType)
  // Refuses callers without the credentials that the operation needs.
  app.addHook('onRequest', requireCredentials)
  // Counts the request against the caller's quota; 429 when that is used up.
  app.addHook('onRequest', requireQuota)

  // Takes the moment again if a body had to arrive first: others may have written meanwhile.
  app.addHook('preValidation', takeMomentOfBody)
  // Parses the body of an operation that has a model for it.
  app.addHook('preValidation', parseBody)
  // Now Fastify checks path, query and body against their models (`validatorCompiler`), then comes
  // the handler.

  // Turns whatever a hook or a handler throws into a response of the API.
  app.setErrorHandler(sendFailure)
  // Finds out which behaviours shaped a successful response.
  app.addHook('preSerialization', findUsedBehaviours)
  // Fastify checks the response against its model and serialises it (`serializerCompiler`), then
  // come these: Cuts off or garbles the response for which a fault is set.
  if (injectFaults) app.addHook('onSend', faultAfterHandler)
  // Notes the response for the request log, as the caller gets it.
  app.addHook('onSend', captureResponse)
  // Adds the headers that every response has, and counts the behaviours for the report.
  app.addHook('onSend', stampHeaders)
}

function findContext(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { emulator, address } = contextOf(request.raw)
  const world = emulator.worlds.find(address.world ?? MAIN_WORLD_ID)
  if (!world) {
    sendPastHooks(reply, 404, NO_SUCH_WORLD)
    return
  }
  request.emulator = emulator
  request.world = world
  request.target = {
    path: address.path,
    account_id: idIn(request.params, 'account_id'),
    tunnel_id: idIn(request.params, 'tunnel_id'),
  }
  done()
}

/** Ids are hex, so case does not matter (assumed: id_case). */
function idIn(params: unknown, name: string): string | undefined {
  const [, id] = Object.entries(params ?? {}).find(([key]) => key === name) ?? []
  return typeof id === 'string' ? id.toLowerCase() : undefined
}

function beginRequest(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  request.moment = request.world.moment()
  request.noted_behaviours = []
  done()
}

function takeMomentOfBody(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (request.body !== undefined && !request.world.ended.aborted) request.moment = request.world.moment()
  done()
}

function requireLiveWorld(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (request.world.ended.aborted) sendPastHooks(reply, 409, WORLD_ENDED)
  else done()
}

/** Later hooks would look for the world. */
function sendPastHooks(reply: FastifyReply, status: number, body: object): void {
  reply.hijack()
  reply.raw.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}
