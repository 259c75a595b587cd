import type { FastifyInstance, FastifyRequest } from 'fastify'
import { mapParameters, type OpenApiObject } from '../openapi-models.ts'
import { docsPage } from './docs-page.ts'
import type { PageFacts } from './facts.ts'
import { FILE_NAMES, sendFile } from './files.ts'
import { PAGE_HEADERS, type PageTitle } from './layout.ts'

export interface DocumentationOptions {
  readonly title: PageTitle
  /** Expensive, and few users need it: the first request that does calls it. */
  readonly describe: () => Promise<OpenApiObject>
  readonly factsFor: (request: FastifyRequest) => PageFacts
  /** URLs without a slash at the end: below which the API is, and below which these routes are. */
  readonly urlsOf: (facts: PageFacts) => { readonly server: string; readonly page: string }
}

/**
 * Serves the OpenAPI document of an API, as JSON and as YAML, and a page that shows it. Paths and
 * examples in it are those of the world of the request.
 */
export function documentation(app: FastifyInstance, options: DocumentationOptions): void {
  const { title, describe, factsFor, urlsOf } = options
  let description: Promise<OpenApiObject> | undefined
  const documentFor = async (request: FastifyRequest): Promise<OpenApiObject> => {
    const facts = factsFor(request)
    const { server } = urlsOf(facts)
    description ??= describe()
    return { ...filledIn(await description, facts.examples), servers: [{ url: server }] }
  }

  app.get('/openapi.json', documentFor)
  app.get('/docs/json', documentFor)
  app.get('/docs/yaml', async (request, reply) => {
    const { stringify } = await import('yaml')
    return reply
      .type('application/x-yaml')
      .send(stringify(await documentFor(request), { aliasDuplicateObjects: false }))
  })
  for (const path of ['/docs', '/docs/']) {
    app.get(path, (request, reply) => {
      const facts = factsFor(request)
      return reply.headers(PAGE_HEADERS).send(docsPage(title, `${urlsOf(facts).page}/docs`, facts))
    })
  }
  for (const name of FILE_NAMES) app.get(`/docs/static/${name}`, (_request, reply) => sendFile(name, reply))
  app.get('/docs/*', (_request, reply) => reply.code(404).type('text/plain').send('There is no such page.\n'))
}

/** The document with path parameters that exist in a world. */
function filledIn(document: OpenApiObject, examples: PageFacts['examples']): OpenApiObject {
  return mapParameters(document, parameters =>
    parameters.map(parameter => {
      const example = parameter.in === 'path' ? examples[String(parameter.name)] : undefined
      return example === undefined ? parameter : { ...parameter, example }
    }),
  )
}
