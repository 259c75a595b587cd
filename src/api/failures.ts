import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../domain/errors.ts'
import { redactedText } from '../domain/redaction.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { fail } from './envelope.ts'

/** The one place where a failure becomes an answer. */
export const answerFailure = (error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply): void => {
  const failure = failureOf(error, request)
  if (failure.status >= 500)
    request.log.error({ err: error, method: request.method, path: redactedText(pathOf(request)) }, error.message)

  reply.code(failure.status).send(fail(failure.errors))
}

const failureOf = (error: FastifyError | ApiError, request: FastifyRequest): ApiError => {
  if ('validationContext' in error && error.validationContext === 'params') {
    return new ApiError('unroutable', pathOf(request))
  }
  if (error instanceof ApiError) return error
  if (isStorageFailure(error)) return new ApiError('storage_failed')

  const { code, statusCode = 500, message } = error
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH')
    return new ApiError('unroutable', pathOf(request))
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ApiError('body_too_large')
  return statusCode < 500 ? new ApiError('request_malformed', message) : new ApiError('internal')
}

/** The path as the service names it in 7003: without its base path (recorded) and without the query. */
export const pathOf = ({ url }: FastifyRequest): string => url.replace(/^\/client\/v4(?=\/)|\?.*$/gs, '')
