import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { PageFacts } from './facts.ts'
import { sendFile } from './files.ts'
import { indexPage } from './index-page.ts'
import { PAGE_HEADERS } from './layout.ts'

/** Serves the index to browsers. Any other client gets the API's error for an unknown path. */
export function index(app: FastifyInstance, factsFor: (request: FastifyRequest) => PageFacts): void {
  app.get('/', { constraints: { accept: 'text/html' } }, (request, reply) =>
    reply.headers(PAGE_HEADERS).send(indexPage(factsFor(request))),
  )
  // Browsers ask for it when they show JSON.
  app.get('/favicon.ico', (_request, reply) => sendFile('icon.svg', reply))
}
