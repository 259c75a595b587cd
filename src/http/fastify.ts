import type { IncomingMessage } from 'node:http'
import type { TypeBoxTypeProvider } from '@fastify/type-provider-typebox'
import fastify, { type FastifyReply } from 'fastify'
import { addressOf } from '../config/paths.ts'
import { answerUnroutable } from '../gateway/protocol-errors.ts'
import type { App } from '../gateway/route.ts'
import { MAIN } from '../worlds/registry.ts'
import { OWN_COMPILERS } from './compilers.ts'
import { siteOf } from './context.ts'
import { AnswerLog, type Logger } from './logger.ts'

/** Our limit for a request body, in bytes. */
const BODY_LIMIT = 1024 * 1024

/** In the shape of the control plane: nobody should take it for an error of Cloudflare's. */
const NO_SUCH_WORLD = { error: { code: 'not_found', message: 'there is no such world, or it was idle for too long' } }

const WORLD_ENDED = {
  error: { code: 'refused', message: 'the world was reset or deleted before the request was done' },
}

/** A server on which every request finds its site and its world, and which serves nothing yet. */
export function createBase(logger: Logger): App {
  const addressed = new WeakMap<IncomingMessage, string>()

  const app = fastify({
    logger,
    logController: new AnswerLog({ disableRequestLogging: logger === false }),
    bodyLimit: BODY_LIMIT,
    rewriteUrl: raw => {
      askAsGet(raw)
      const { world, path } = addressOf(raw.url ?? '/')
      if (world !== undefined) addressed.set(raw, world)
      return path
    },
    frameworkErrors: answerUnroutable(({ raw }) => {
      askAsCame(raw)
      return siteOf(raw).worlds.main()
    }),
    exposeHeadRoutes: false,
    ...OWN_COMPILERS,
  }).withTypeProvider<TypeBoxTypeProvider>()

  app.decorateRequest('site')
  app.decorateRequest('world')
  app.decorateRequest('route')
  // Hooks call back instead of being async: Fastify would wait for a promise of each, with every request.
  app.addHook('onRequest', (request, reply, done) => {
    askAsCame(request.raw)
    const site = siteOf(request.raw)
    const world = site.worlds.find(addressed.get(request.raw) ?? MAIN)
    if (!world) return sendPastHooks(reply, 404, NO_SUCH_WORLD)
    request.site = site
    request.world = world
    request.route = request.routeOptions
    done()
  })
  // A request that was still on its way when its world was reset or deleted must not reach what took its place.
  app.addHook('preHandler', (request, reply, done) => {
    if (request.world.ended.aborted) return sendPastHooks(reply, 409, WORLD_ENDED)
    done()
  })
  return app
}

const heads = new WeakSet<IncomingMessage>()

/**
 * HEAD takes the route of GET, and Node leaves the body out by itself. With a route of its own for each, which Fastify would make, the
 * routes would be half as many again, and a start longer.
 */
function askAsGet(raw: IncomingMessage): void {
  if (raw.method !== 'HEAD') return
  raw.method = 'GET'
  heads.add(raw)
}

/** Once the route is found, it is a HEAD again for whoever looks. */
function askAsCame(raw: IncomingMessage): void {
  if (heads.delete(raw)) raw.method = 'HEAD'
}

/** The hooks of both planes would look for the world. */
function sendPastHooks(reply: FastifyReply, status: number, answer: object): void {
  reply.hijack()
  reply.raw.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(answer))
}
