import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONTROL_PREFIX } from '../config/paths.ts'
import { documentation } from '../http/openapi-pages.ts'
import { requireTrust } from './access.ts'
import { ControlError } from './errors.ts'
import { listEvents } from './events.ts'
import { verbFor } from './router.ts'
import { perform } from './run-action.ts'
import { streamEvents } from './stream.ts'

/** Those of the verbs, and what a browser asks beforehand. HEAD comes with GET. */
const METHODS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS']

export interface ControlOptions {
  /** Whether it has a port of its own, so that a request for it does not tell where the emulated plane is. */
  readonly isApart: boolean
}

/** The verbs over HTTP, and nothing else. */
export async function controlPlane(app: FastifyInstance, { isApart }: ControlOptions): Promise<void> {
  const urlOf = ({ site, host }: FastifyRequest): string =>
    isApart || site.control.public_url !== undefined ? site.url() : `http://${host}`

  app.addHook('onRequest', async request => requireTrust(request, request.site.control))
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
    const { method, url: asked, query, body, headers, world } = request
    const { worlds } = request.site
    const found = verbFor(method, pathOf(asked))
    if (!found) throw new ControlError('not_found', `the control plane has no ${method} ${asked}`)

    const { action, params } = found
    if (action === listEvents && headers.accept?.includes('text/event-stream')) {
      return streamEvents(request, reply, () => worlds.find(world.id))
    }
    return perform(action, { world, worlds, url: urlOf(request) }, { params, query, body })
  }

  documentation(app, async () => (await import('./openapi.ts')).describingControl(CONTROL_PREFIX))
  // Two routes for all verbs, since Fastify takes its time for each; a handler of what is not found counts for 35.
  for (const url of ['', '/*']) app.route({ method: METHODS, url, handler: answer })
}

function pathOf(url: string): string {
  return url.slice(CONTROL_PREFIX.length).replace(/\?.*$/s, '')
}

/** A body is JSON whatever its type says, and none is an empty object: so plain curl will do. */
function acceptJson(app: FastifyInstance): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'string' }, (_request, body, done) => {
    try {
      done(null, body === '' ? {} : JSON.parse(String(body)))
    } catch (error) {
      done(new ControlError('invalid', `the body is no JSON: ${error instanceof Error ? error.message : error}`))
    }
  })
}
