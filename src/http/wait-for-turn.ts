import type { FastifyReply, FastifyRequest, HookHandlerDoneFunction } from 'fastify'
import { MAIN_WORLD_ID } from '../config/paths.ts'
import { takeTurn } from '../worlds/turns.ts'
import { contextOf } from './context.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** Whether a request goes before all that wait for their turn. */
    is_urgent?: boolean
  }
}

/** A request without a body waits before anything else, so that it sees the world as it is then. */
export function waitForTurn(request: FastifyRequest, _reply: FastifyReply, done: HookHandlerDoneFunction): void {
  if (hasBody(request) || request.routeOptions.config.is_urgent) done()
  else takeTurn(worldIdOf(request), done)
}

/** A request with a body waits when that is there, because most of its work begins then. */
export function waitForTurnWithBody(
  request: FastifyRequest,
  _reply: FastifyReply,
  done: HookHandlerDoneFunction,
): void {
  if (hasBody(request)) takeTurn(worldIdOf(request), done)
  else done()
}

function hasBody({ headers }: FastifyRequest): boolean {
  return headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
}

function worldIdOf({ raw }: FastifyRequest): string {
  return contextOf(raw).address.world ?? MAIN_WORLD_ID
}
