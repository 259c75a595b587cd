import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyReply, type FastifyRequest } from 'fastify'
import { addressOf } from './addressing.ts'
import type { App } from './api/route.ts'
import { answerUnroutable, createGarbageAnswers } from './api/transport.ts'
import { AnswerLog, type Logger } from './log.ts'
import { MAIN, type Worlds } from './worlds.ts'

/** Our limit for a request body, in bytes. */
const BODY_LIMIT = 1024 * 1024

/** Our limit for the time in which a request must have arrived whole. Node gives it five minutes, Fastify any time. */
const REQUEST_TIMEOUT_MS = 30_000

/** In the shape of the control plane: nobody should take it for an error of Cloudflare's. */
const NO_SUCH_WORLD = { error: { code: 'not_found', message: 'there is no such world, or it was idle for too long' } }

const WORLD_ENDED = {
  error: { code: 'refused', message: 'the world was reset or deleted before the request was done' },
}

export interface BaseOptions {
  readonly worlds: Worlds
  readonly logger: Logger
  /** Time in which a request must have arrived whole, in milliseconds. */
  readonly request_timeout_ms?: number
}

/** A server on which every request finds its world, and which serves nothing yet. */
export const createBase = ({ worlds, logger, request_timeout_ms = REQUEST_TIMEOUT_MS }: BaseOptions): App => {
  const addressed = new WeakMap<IncomingMessage, string>()
  const garbage = createGarbageAnswers(worlds.main)
  const worldOf = ({ raw }: FastifyRequest) => worlds.find(addressed.get(raw) ?? MAIN)

  const app = fastify({
    logger,
    logController: new AnswerLog({ disableRequestLogging: logger === false }),
    bodyLimit: BODY_LIMIT,
    forceCloseConnections: 'idle',
    rewriteUrl: raw => {
      const { world, path } = addressOf(raw.url ?? '/')
      if (world !== undefined) addressed.set(raw, world)
      return path
    },
    frameworkErrors: answerUnroutable(worlds.main),
    clientErrorHandler: garbage.answer,
    requestTimeout: request_timeout_ms,
    http: {
      requireHostHeader: false,
      headersTimeout: request_timeout_ms,
      requestTimeout: request_timeout_ms,
      connectionsCheckingInterval: Math.ceil(request_timeout_ms / 6),
    },
    schemaController: { compilersFactory: { buildValidator: () => setLater, buildSerializer: () => setLater } },
  }).withTypeProvider<TypeBoxTypeProvider>()

  garbage.follow(app.server)
  // Node would answer 417 by itself; what a client expects beyond 100-continue is ignored like any unknown header.
  app.server.on('checkExpectation', (request, response) => app.server.emit('request', request, response))
  app.decorateRequest('world')
  // Hooks call back instead of being async: Fastify would wait for a promise of each, with every request.
  app.addHook('onRequest', (request, reply, done) => {
    const world = worldOf(request)
    if (!world) return sendPastHooks(reply, 404, NO_SUCH_WORLD)
    request.world = world
    done()
  })
  // A request that was still on its way when its world was reset or deleted must not reach what took its place.
  app.addHook('preHandler', (request, reply, done) => {
    if (request.world.ended.aborted) return sendPastHooks(reply, 409, WORLD_ENDED)
    done()
  })
  return app
}

/** Whoever has schemas sets compilers of its own. Fastify's, most of its weight, are not even loaded when others are named here. */
const setLater = (): never => {
  throw new Error('no compiler was set')
}

/** The hooks of both planes would look for the world. */
const sendPastHooks = (reply: FastifyReply, status: number, answer: object): void => {
  reply.hijack()
  reply.raw.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}
