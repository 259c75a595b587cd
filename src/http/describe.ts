/**
 * Creates OpenAPI documents from routes. It loads much code that few users need, so import this file
 * only on demand.
 */
import swagger, { type FastifyDynamicSwaggerOptions } from '@fastify/swagger'
import fastify, { type FastifyInstance } from 'fastify'
import { ownCompilers } from './compilers.ts'
import { forTrying, type OpenApiObject } from './openapi-models.ts'

/** `register` adds the routes to describe; nothing calls them. */
export async function describeRoutes(
  options: FastifyDynamicSwaggerOptions,
  register: (app: FastifyInstance) => void,
): Promise<OpenApiObject> {
  const app = fastify({ ...ownCompilers(false), exposeHeadRoutes: false })
  await app.register(swagger, options)
  app.register(async scope => register(scope))
  await app.ready()
  return forTrying({ ...app.swagger() })
}
