import type { FastifyReply, FastifyRequest, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { fromText, problemWith, withoutOptionalNulls } from '../../schemas/check.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { ApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { parseJson } from './json-body.ts'
import type { App } from './route.ts'

/**
 * Three borders, three habits. Parameters of the path are ids: hex, so their case means nothing (assumed: id_case); what to do about a malformed
 * one is for the error handler, which knows the path. Parameters of the query are text and become numbers and booleans (assumed: query_refused). A body
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
 * Any body is let in as bytes, whatever its type says or whether it can be read (assumed: body_type); an empty one too: DELETE with
 * a JSON type has none (client: body_not_needed). So Fastify is shown the type that any bytes have.
 */
export function acceptAnyBody(app: App): void {
  app.decorateRequest('bytes', undefined)
  app.addHook('onRequest', ({ headers, method }, _reply, done) => {
    // Fastify refuses the method QUERY without a type before it looks for a route.
    if (headers['content-type'] !== undefined || method === 'QUERY') headers['content-type'] = ANY_BYTES
    done()
  })
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as it came. */
    bytes: Buffer | undefined
  }
}

/** Only an operation with a model for its body looks at it; elsewhere whatever came is ignored (client: body_not_needed). */
export function parseBody(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  const model = request.route.schema?.body as TSchema | undefined
  if (request.body instanceof Buffer) request.bytes = request.body
  request.body = model && parseJson(request.bytes ?? Buffer.alloc(0))
  if (model) withoutOptionalNulls(model, request.body)
  done()
}

/** Answers as JSON. When checking, one that breaks its own model fails loudly: the caller gets a 500, the log the place. */
export function serializerCompiler(checkResponses: boolean): FastifySerializerCompiler<TSchema> {
  return ({ schema }) =>
    answer => {
      const problem = checkResponses ? problemWith(schema, answer) : undefined
      if (problem) throw new Error(`the answer breaks its model at ${problem.where}: ${problem.what}`)
      return JSON.stringify(answer)
    }
}
