/**
 * All hooks of a request, in order. No other file registers hooks of the emulated API. The hooks
 * use callbacks, since async hooks would add a promise each to every request.
 */

import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { isObject } from '../../schemas/is-object.ts'
import { MAIN_WORLD_ID } from '../config/paths.ts'
import { requireCredentials, requireQuota } from '../gateway/auth.ts'
import { refuseOtherPages } from '../gateway/cross-origin.ts'
import { sendFailure } from '../gateway/error-handler.ts'
import { findUsedBehaviours } from '../gateway/evidence-header.ts'
import { faultAfterHandler, faultBeforeHandler } from '../gateway/fault-injection.ts'
import { stampHeaders } from '../gateway/headers.ts'
import { captureEvents, captureRequest, captureResponse } from '../gateway/request-log.ts'
import type { App } from '../gateway/route.ts'
import { refuseRemoved } from '../gateway/unrouted.ts'
import { acceptAnyBody, hideContentType, keepBytes } from '../gateway/validation.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds/registry.ts'
import { WorldsError } from '../worlds/worlds-error.ts'
import { contextOf } from './context.ts'
import { waitForTurn, waitForTurnWithBody } from './wait-for-turn.ts'

/** In the format of the control plane, so that nobody mistakes it for an error of Cloudflare's. */
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
  app.decorateRequest('error_code', undefined)

  // Runs first: shows observers the route.
  app.addHook('onRequest', noteRoute)
  // Counts the requests in progress; 503 if the world has too many.
  app.addHook('onRequest', countRequest)
  // Waits while others have their turn, if there is no body to wait for.
  app.addHook('onRequest', waitForTurn)
  // Runs next: sets the emulator, the world and the target of the request; 410 for a world that
  // does not exist, unless the route is the same for any.
  app.addHook('onRequest', findContext)
  // Runs as soon as the body is there, and waits while others have their turn.
  app.addHook('preValidation', waitForTurnWithBody)
  // Runs last before the handler: 409 if the world ended while the request arrived.
  app.addHook('preHandler', requireLiveWorld)
}

/** The hooks of the emulated API. `findContext` runs before them, `requireLiveWorld` among them. */
export function addApiHooks(app: App, injectFaults: boolean): void {
  app.decorateRequest('moment')
  app.decorateRequest('capture', undefined)
  app.decorateRequest('stale_ms', 0)
  app.decorateRequest('fault', undefined)
  app.decorateRequest('fault_ids', undefined)
  app.decorateRequest('bytes', undefined)
  app.decorateRequest('allowance', undefined)
  app.decorateRequest('used_behaviours', undefined)
  app.decorateRequest('noted_behaviours')
  app.decorateRequest('not_emulated', undefined)
  acceptAnyBody(app)

  // Marks the world as used, and sets the moment of the request: the one time that all hooks and
  // handlers use.
  app.addHook('onRequest', beginRequest)
  // Captures the request for the request log before later hooks change it, and writes the entry
  // when the request is over.
  app.addHook('onRequest', captureRequest)
  // Rejects web pages of other origins; answers the preflights of those that may.
  app.addHook('onRequest', refuseOtherPages)
  // Applies a fault before the handler: delay, reset, hang, error or HTML page.
  if (injectFaults) app.addHook('onRequest', faultBeforeHandler)
  // Lets Fastify accept a body of any content type.
  app.addHook('onRequest', hideContentType)
  // Responds to operations that a dated change removed as to unknown paths.
  app.addHook('onRequest', refuseRemoved)
  // Rejects callers without the credentials that the operation requires.
  app.addHook('onRequest', requireCredentials)
  // Counts the request against the caller's quota; 429 if that is used up.
  app.addHook('onRequest', requireQuota)

  // Sets the moment again if the request has a body: other requests may have written meanwhile.
  app.addHook('preValidation', refreshMoment)
  // Keeps the bytes of the body, and drops the body if the operation has no model for it.
  app.addHook('preValidation', keepBytes)
  // Then Fastify reads path, body and query (`validatorCompiler`).

  // Captures for the request log which events the handler emits.
  app.addHook('preHandler', captureEvents)
  // Then Fastify calls the handler.

  // Turns errors of hooks and handlers into responses of the API.
  app.setErrorHandler(sendFailure)
  // Finds the behaviours that shaped a successful response.
  app.addHook('preSerialization', findUsedBehaviours)
  // Then Fastify validates and serialises the response (`serializerCompiler`).

  // Applies a fault after the handler: reset, truncated or malformed response.
  if (injectFaults) app.addHook('onSend', faultAfterHandler)
  // Captures the response for the request log, as the caller gets it.
  app.addHook('onSend', captureResponse)
  // Adds the common headers, and counts the used behaviours for the report.
  app.addHook('onSend', stampHeaders)
}

function noteRoute(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  contextOf(request.raw).routed = request
  done()
}

function countRequest(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { emulator, address } = contextOf(request.raw)
  const id = address.world ?? MAIN_WORLD_ID
  const end = emulator.inProgress.begin(id)
  if (end || request.routeOptions.config.is_urgent) {
    if (end) reply.raw.once('close', end)
    done()
    return
  }
  reply.raw.setHeader('retry-after', 1)
  const message = `world ${id} has too many requests in progress: wait for some, or allow more with --max-requests`
  sendWithoutHooks(reply, 503, { error: { code: 'busy', message } })
}

function findContext(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  const { emulator, address } = contextOf(request.raw)
  const { worlds } = emulator
  const id = address.world ?? MAIN_WORLD_ID
  const named = findWorld(worlds, id, reply)
  if (named === 'unusable') return
  // It waited for its turn until the server had closed.
  if (!named && emulator.closing.aborted) {
    reply.hijack()
    reply.raw.destroy()
    return
  }
  const world = request.routeOptions.config.any_world ? (named ?? worlds.main()) : named
  if (!world) {
    // Not Cloudflare's 404, which programs read as "this tunnel was deleted".
    sendWithoutHooks(reply, 410, { error: { code: 'gone', message: worlds.whyGone(id) } })
    return
  }
  // A response may take long, such as a stream of events.
  if (address.world !== undefined) reply.raw.once('close', worlds.hold(world.id))
  request.emulator = emulator
  request.world = world
  const { account_id, tunnel_id, zone_id } = isObject(request.params) ? request.params : {}
  request.target = {
    path: address.path,
    account_id: idOf(account_id),
    tunnel_id: idOf(tunnel_id),
    zone_id: idOf(zone_id),
  }
  done()
}

/** Sends a response for a world that cannot be opened, now or at all. */
function findWorld(worlds: Worlds, id: string, reply: FastifyReply): World | 'unusable' | undefined {
  try {
    return worlds.find(id)
  } catch (error) {
    if (!(error instanceof WorldsError)) throw error
    const isTooMany = error.kind === 'refused'
    if (isTooMany) reply.raw.setHeader('retry-after', 1)
    sendWithoutHooks(reply, isTooMany ? 503 : 507, { error: { code: error.kind, message: error.message } })
    return 'unusable'
  }
}

/** Ids are hex, so case does not matter (assumed: id_case). */
function idOf(parameter: unknown): string | undefined {
  return typeof parameter === 'string' ? parameter.toLowerCase() : undefined
}

function beginRequest(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  request.emulator.worlds.markUsed(request.world)
  request.moment = request.world.moment()
  request.noted_behaviours = []
  done()
}

function refreshMoment(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (request.body !== undefined && !request.world.ended.aborted) request.moment = request.world.moment()
  done()
}

function requireLiveWorld(request: FastifyRequest, reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (request.world.ended.aborted) sendWithoutHooks(reply, 409, WORLD_ENDED)
  else done()
}

/** A cache may keep a 410 by itself, and the world may be created later. */
const WITHOUT_HOOKS = { 'content-type': 'application/json', 'cache-control': 'no-store' }

/** Sends a response without the remaining hooks, which need a live world. */
function sendWithoutHooks(reply: FastifyReply, status: number, body: object): void {
  reply.hijack()
  reply.raw.writeHead(status, WITHOUT_HOOKS).end(JSON.stringify(body))
}
