import type { FastifyReply, FastifyRequest, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { fromText, problemWith, withoutOptionalNulls } from '../../schemas/check.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { ApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { parseJson } from './json-body.ts'
import type { App } from './route.ts'

/**
 * Path, query and body are checked in three ways. Parameters of the path are ids: hex, so case does
 * not matter (assumed: id_case); the error handler, which knows the path, refuses a malformed one.
 * Parameters of the query are text and become numbers and booleans (assumed: query_refused). A body
 * is JSON and is never coerced.
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'params') return params => checked(schema, lowerCased(params), 'Path')
  if (httpPart === 'querystring') return query => checked(schema, fromText(schema, query), 'Query deserialize error')
  return body => checked(schema, body, 'Json deserialize error')
}

function checked(schema: TSchema, value: unknown, stage: string) {
  const problem = problemWith(schema, value)
  if (!problem) return { value }

  const place = problem.where && `${problem.where}: `
  return { error: new ApiError(GATEWAY_ERRORS.input_invalid, `${stage}: ${place}${problem.what}`) }
}

function lowerCased(params: unknown): object {
  const lower: Record<string, unknown> = { ...(params ?? {}) }
  for (const key in lower) if (key.endsWith('_id')) lower[key] = String(lower[key]).toLowerCase()
  return lower
}

const ANY_BYTES = 'application/octet-stream'

/**
 * Lets in any body as bytes, whatever its type says (assumed: body_type); an empty one too: DELETE
 * with a JSON type has none (client: body_not_needed).
 */
export function acceptAnyBody(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
}

/**
 * Fastify refuses types that it cannot parse, and the method QUERY without a type, before it looks
 * for a route.
 */
export function hideContentType({ headers, method }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (headers['content-type'] !== undefined || method === 'QUERY') headers['content-type'] = ANY_BYTES
  done()
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it arrived. */
    bytes: Buffer | undefined
  }
}

/**
 * Only an operation with a model for its body reads it; others ignore it (client: body_not_needed).
 */
export function parseBody(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const model = request.routeOptions.schema?.body as TSchema | undefined
  if (request.body instanceof Buffer) request.bytes = request.body
  request.body = model && parseJson(request.bytes ?? Buffer.alloc(0))
  if (model) withoutOptionalNulls(model, request.body)
  done()
}

/**
 * Serialises to JSON. With `checkResponses`, one that breaks its own model becomes a 500, and the
 * log names the place.
 */
export function serializerCompiler(checkResponses: boolean): FastifySerializerCompiler<TSchema> {
  return ({ schema }) =>
    response => {
      const problem = checkResponses ? problemWith(schema, response) : undefined
      if (problem) throw new Error(`the answer breaks its model at ${problem.where}: ${problem.what}`)
      return JSON.stringify(response)
    }
}
