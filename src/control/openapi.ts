import swagger from '@fastify/swagger'
import swaggerUi from '@fastify/swagger-ui'
import fastify, { type FastifyInstance } from 'fastify'
import { ControlFailure } from '../../schemas/control/error.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { VERSION } from '../config/version.ts'
import { named, type Tree } from '../http/openapi-models.ts'
import { PAGE_OPTIONS } from '../http/openapi-pages.ts'
import type { Action } from './action.ts'
import { ACTIONS } from './actions.ts'

/** A server that only describes the control plane: OpenAPI 3.1 and a page to read it, from the table of actions. */
export async function describingControl(prefix: string): Promise<FastifyInstance> {
  const app = fastify()
  const document = describeActions(prefix)
  await app.register(swagger, { openapi: { openapi: '3.1.0' }, transformObject: () => document })
  await app.register(swaggerUi, { routePrefix: `${prefix}/docs`, ...PAGE_OPTIONS })
  app.get(`${prefix}/openapi.json`, () => document)
  return app
}

function describeActions(prefix: string) {
  const models: Tree = {}
  const paths: Record<string, Tree> = {}
  for (const [name, declared] of Object.entries(ACTIONS)) {
    const action = declared as Action
    const path = action.path.replaceAll(/:(\w+)/g, '{$1}')
    paths[path] = { ...paths[path], [action.method.toLowerCase()]: named(describe(name, action), models) }
  }
  return {
    openapi: '3.1.0' as const,
    info: {
      title: 'mockflared: the control plane',
      version: VERSION,
      description:
        'Makes the double do what nobody can make Cloudflare do. In the library each verb has the name of its operation.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: prefix }],
    paths,
    components: { schemas: models },
  }
}

/** What verbs are about, by the part of the path that says so; the others are about the whole world. */
const NOUNS = ['clock', 'connectors', 'configurations', 'faults', 'requests', 'events', 'snapshots', 'worlds']

function describe(name: string, { path, summary, params, query, body, result }: Action): Tree {
  return {
    operationId: name,
    summary,
    tags: [path.split('/').find(part => NOUNS.includes(part)) ?? 'world'],
    parameters: [...parametersOf(params, 'path'), ...parametersOf(query, 'query')],
    ...(body && { requestBody: { content: json(body) } }),
    responses: {
      200: { description: 'Done', content: json(result) },
      '4XX': { description: 'Refused', content: json(ControlFailure) },
      '5XX': { description: 'Failed', content: json(ControlFailure) },
    },
  }
}

function json(schema: TSchema): Tree {
  return { 'application/json': { schema } }
}

function parametersOf(model: TSchema | undefined, place: 'path' | 'query'): Tree[] {
  return Object.entries<TSchema>(model?.properties ?? {}).map(([name, schema]) => ({
    name,
    in: place,
    required: place === 'path',
    schema,
  }))
}
