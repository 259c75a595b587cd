import type { FastifyReply, FastifyRequest, FastifySchemaCompiler, FastifySerializerCompiler } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { isObject } from '../../schemas/is-object.ts'
import type { TSchema } from '../../schemas/typebox.ts'
import { ApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import type { App } from './route.ts'
import { readJson } from './serde/read-json.ts'
import { readQuery } from './serde/read-query.ts'
import { SerdeError } from './serde/source.ts'

const NO_BYTES = Buffer.alloc(0)

/**
 * Reads path, query and body by their models, in different ways. Path parameters are hex ids, so
 * case does not matter (assumed: id_case); for a malformed one, the error handler writes the error,
 * since that contains the path. The service reads query and body with Rust's serde
 * (inferred: body_wording).
 */
export const validatorCompiler: FastifySchemaCompiler<TSchema> = ({ schema, httpPart }) => {
  if (httpPart === 'params') return params => checkedPath(schema, lowerCased(params))
  if (httpPart === 'querystring') return query => parsed('Query', () => readQuery(schema, query))
  return (bytes: Buffer | null) => parsed('Json', () => readJson(bytes ?? NO_BYTES, schema))
}

function checkedPath(schema: TSchema, params: object) {
  return problemWith(schema, params) ? { error: new Error('malformed path') } : { value: params }
}

function parsed(part: 'Query' | 'Json', read: () => unknown) {
  try {
    return { value: read() }
  } catch (error) {
    if (!(error instanceof SerdeError)) throw error
    return { error: new ApiError(GATEWAY_ERRORS.input_invalid, `${part} deserialize error: ${error.message}`) }
  }
}

function lowerCased(params: unknown): object {
  const lower: Record<string, unknown> = { ...(params ?? {}) }
  for (const key in lower) if (key.endsWith('_id')) lower[key] = String(lower[key]).toLowerCase()
  return lower
}

const ANY_BYTES = 'application/octet-stream'

/**
 * Accepts any body as bytes, whatever its content type (assumed: body_type). It may be empty:
 * clients send DELETE with a JSON type and no body (client: body_not_needed).
 */
export function acceptAnyBody(app: App): void {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('*', { parseAs: 'buffer' }, (_request, bytes, done) => done(null, bytes))
}

/**
 * Fastify would reject content types that it cannot parse, and the method QUERY without one, before
 * it looks for a route.
 */
export function hideContentType({ headers, method }: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (headers['content-type'] !== undefined || method === 'QUERY') headers['content-type'] = ANY_BYTES
  done()
}

declare module 'fastify' {
  interface FastifyRequest {
    /** The body as the client sent it. */
    bytes: Buffer | undefined
  }
}

/**
 * Keeps the body for the request log. An operation without a model for its body ignores it
 * (client: body_not_needed).
 */
export function keepBytes(request: FastifyRequest, _reply: FastifyReply, done: () => void): void {
  if (request.body instanceof Buffer) request.bytes = request.body
  request.body = request.routeOptions.schema?.body && request.bytes
  done()
}

/**
 * Serialises responses to JSON, with the keys of the envelope in the order of the model. With
 * `checkResponses`, a response that does not match its model becomes a 500, and the log says where
 * it differs.
 */
export function serializerCompiler(checkResponses: boolean): FastifySerializerCompiler<TSchema> {
  return ({ schema }) => {
    const inOrder = modelOrder(schema)
    return response => {
      const problem = checkResponses ? problemWith(schema, response) : undefined
      if (problem) throw new Error(`the answer breaks its model at ${problem.where}: ${problem.what}`)
      return JSON.stringify(inOrder(response))
    }
  }
}

function modelOrder({ properties }: Partial<TSchema>): (response: unknown) => unknown {
  if (properties === undefined) return response => response

  const keys = Object.entries<TSchema>(properties).map(
    ([key, model]) => [key, modelOrder(key === 'result_info' ? model : {})] as const,
  )
  return response => {
    if (!isObject(response)) return response

    const ordered: Record<string, unknown> = {}
    for (const [key, inOrder] of keys) if (key in response) ordered[key] = inOrder(response[key])
    return ordered
  }
}
