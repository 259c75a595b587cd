import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountPath } from '../../schemas/identifiers.ts'
import { usedByError } from '../evidence/usage.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { ApiError } from './api-error.ts'
import { fail } from './envelope.ts'
import { GATEWAY_ERRORS } from './errors.ts'
import { GATEWAY_HEADERS } from './headers.ts'
import { redactedError, redactedText } from './redaction.ts'
import { malformedIdError, unroutableError } from './unrouted.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The code in the error response, for the log; undefined if there is none. */
    error_code: number | undefined
  }
}

/** Turns an error into a response. Fastify calls this for every error of a hook or a handler. */
export function sendFailure(error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply): void {
  const failure = failureOf(error, request)
  if (failure.status >= 500) {
    const { method, target } = request
    const about = { err: redactedError(error), method, path: redactedText(target.path) }
    request.log.error(about, redactedText(error.message))
  }

  request.used_behaviours = usedByError(request.world.catalogue, request.routeOptions.schema?.operationId, {
    error: failure.key,
    invalid: invalidPart(error, request),
    is_strict: request.world.auth === 'strict',
  })
  request.error_code = failure.errors[0]?.code
  if (failure.key === 'storage_failed') request.world.counters.count('storage_failures')
  if (failure.isOfGateway) reply.headers(GATEWAY_HEADERS)
  reply.code(failure.status).send(fail(failure.errors))
}

function failureOf(error: FastifyError | ApiError, request: FastifyRequest): ApiError {
  if (stageOf(error) === 'params') return malformedIdError(request)
  const { invalid_body } = request.routeOptions.config
  if (invalid_body && isAboutBody(error)) return new ApiError(invalid_body)
  if (error instanceof ApiError) return error
  if (isStorageFailure(error)) return new ApiError(GATEWAY_ERRORS.storage_failed)

  const { code, statusCode = 500, message } = error
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH') return unroutableError(request.target.path)
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ApiError(GATEWAY_ERRORS.body_too_large)
  return statusCode < 500
    ? new ApiError(GATEWAY_ERRORS.request_malformed, message)
    : new ApiError(GATEWAY_ERRORS.internal)
}

function isAboutBody(error: FastifyError | ApiError): boolean {
  return error instanceof ApiError && error.key === 'input_invalid' && stageOf(error) !== 'querystring'
}

/** The part of the request that does not match its model; undefined for other errors. */
function stageOf(error: FastifyError | ApiError): string | undefined {
  return 'validationContext' in error ? error.validationContext : undefined
}

function invalidPart(error: FastifyError | ApiError, { params }: FastifyRequest): 'query' | 'id' | undefined {
  if (stageOf(error) === 'querystring') return 'query'
  return stageOf(error) === 'params' && !problemWith(AccountPath, params) ? 'id' : undefined
}
