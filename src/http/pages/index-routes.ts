import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { PageFacts } from './facts.ts'
import { sendFile } from './files.ts'
import { indexPage } from './index-page.ts'
import { PAGE_HEADERS } from './layout.ts'

export interface IndexOptions {
  readonly factsFor: (request: FastifyRequest) => PageFacts
  /** Whether the root leads to the console, where the caller gets that. */
  readonly leadsToConsole: boolean
}

/** Serves browsers at the root. Any other client gets the API's error for an unknown path. */
export function index(app: FastifyInstance, { factsFor, leadsToConsole }: IndexOptions): void {
  app.get('/', { constraints: { accept: 'text/html' } }, (request, reply) => {
    const facts = factsFor(request)
    return leadsToConsole && facts.console !== undefined ? reply.redirect(facts.console) : sendIndex(facts, reply)
  })
  app.get('/docs/start', (request, reply) => sendIndex(factsFor(request), reply))
  // Browsers ask for it when they show JSON.
  app.get('/favicon.ico', (_request, reply) => sendFile('icon.svg', reply))
}

function sendIndex(facts: PageFacts, reply: FastifyReply): FastifyReply {
  return reply.headers(PAGE_HEADERS).send(indexPage(facts))
}
