import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { documentation } from '../documentation.ts'
import type { World } from '../world/world.ts'
import type { Worlds } from '../worlds.ts'
import type { Context } from './action.ts'
import { ControlError } from './errors.ts'
import { listEvents } from './events.ts'
import { type Guard, requireTrust } from './guard.ts'
import { perform } from './perform.ts'
import { verbFor } from './router.ts'
import { streamEvents } from './stream.ts'

export const CONTROL_PREFIX = '/_mockflared'

/** Those of the verbs, and what a browser asks beforehand. HEAD comes with GET. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export interface ControlOptions {
  readonly worlds: Worlds
  readonly guard: Guard
  /** Where the emulated plane is reached, when that is not where this one is. */
  readonly url?: () => string
}

/** The verbs over HTTP, and nothing else. */
export const controlPlane = async (app: FastifyInstance, { worlds, guard, url }: ControlOptions): Promise<void> => {
  const contextOf = (world: World, host: string): Context => ({ world, worlds, url: url?.() ?? `http://${host}` })

  app.addHook('onRequest', async request => requireTrust(request, guard))
  acceptJson(app)
  app.setErrorHandler((error, request, reply) => {
    const known = error instanceof ControlError ? error : undefined
    const isTheirs = error instanceof Error && 'statusCode' in error && Number(error.statusCode) < 500
    const cause = known?.code === 'storage_failed' ? known.cause : error
    if (cause !== known && !isTheirs) request.log.error({ err: cause }, 'control plane')

    const code = known?.code ?? (isTheirs ? 'invalid' : 'internal')
    const message = error instanceof Error && (known || isTheirs) ? error.message : 'internal error'
    reply.code(known?.status ?? (isTheirs ? 400 : 500)).send({ error: { code, message } })
  })
  const answer = (request: FastifyRequest, reply: FastifyReply): unknown => {
    const { method, url: asked, query, body, headers } = request
    const found = verbFor(method, pathOf(asked))
    if (!found) throw new ControlError('not_found', `the control plane has no ${method} ${asked}`)

    const { action, params } = found
    if (action === listEvents && headers.accept?.includes('text/event-stream')) {
      return streamEvents(request, reply, () => worlds.find(request.world.id))
    }
    return perform(action, contextOf(request.world, request.host), { params, query, body })
  }

  documentation(app, async () => (await import('./openapi.ts')).describingControl(CONTROL_PREFIX))
  // Two routes for all verbs, since Fastify takes its time for each; a handler of what is not found counts for 35.
  for (const url of ['', '/*']) app.route({ method: METHODS, url, handler: answer })
}

const pathOf = (url: string): string => url.slice(CONTROL_PREFIX.length).replace(/\?.*$/s, '')

/** A body is JSON whatever its type says, and none is an empty object: so plain curl will do. */
const acceptJson = (app: FastifyInstance): void => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)))
    } catch (error) {
      done(new ControlError('invalid', `the body is no JSON: ${error instanceof Error ? error.message : error}`))
    }
  })
}
