import type { FastifyError, FastifyReply, FastifyRequest } from 'fastify'
import { problemWith } from '../../schemas/check.ts'
import { AccountPath } from '../../schemas/identifiers.ts'
import { BASE_PATH } from '../config/paths.ts'
import { onRefusal } from '../evidence/attribution.ts'
import { isStorageFailure } from '../world/storage-failure.ts'
import { fail } from './envelope.ts'
import { ApiError } from './errors.ts'
import { redactedText } from './redaction.ts'

/** The one place where a failure becomes an answer. */
export function answerFailure(error: FastifyError | ApiError, request: FastifyRequest, reply: FastifyReply): void {
  const failure = failureOf(error, request)
  if (failure.status >= 500)
    request.log.error({ err: error, method: request.method, path: redactedText(pathOf(request)) }, error.message)

  request.leaning = onRefusal(failure.key, {
    operation: request.routeOptions.schema?.operationId,
    inQuery: stageOf(error) === 'querystring',
    inId: stageOf(error) === 'params' && !problemWith(AccountPath, request.params),
    unlisted: request.world.auth !== 'strict',
  })
  reply.code(failure.status).send(fail(failure.errors))
}

function failureOf(error: FastifyError | ApiError, request: FastifyRequest): ApiError {
  // Of an account id (recorded: unroutable), and of the others (assumed: id_form).
  if (stageOf(error) === 'params') return new ApiError('unroutable', pathOf(request))
  if (error instanceof ApiError) return error
  if (isStorageFailure(error)) return new ApiError('storage_failed')

  const { code, statusCode = 500, message } = error
  if (code === 'FST_ERR_BAD_URL' || code === 'FST_ERR_MAX_PARAM_LENGTH')
    return new ApiError('unroutable', pathOf(request))
  if (code === 'FST_ERR_CTP_BODY_TOO_LARGE') return new ApiError('body_too_large')
  return statusCode < 500 ? new ApiError('request_malformed', message) : new ApiError('internal')
}

/** Which part of the request did not fit its model; undefined when something else was wrong. */
function stageOf(error: FastifyError | ApiError): string | undefined {
  return 'validationContext' in error ? error.validationContext : undefined
}

/** The path as the service names it in 7003: without its base path (recorded: unroutable) and without the query. */
export function pathOf({ url }: FastifyRequest): string {
  const end = url.indexOf('?')
  const path = end === -1 ? url : url.slice(0, end)
  return path.startsWith(`${BASE_PATH}/`) ? path.slice(BASE_PATH.length) : path
}
