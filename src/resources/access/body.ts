import type { FastifySchemaCompiler } from 'fastify'
import { AnyObject } from '../../../schemas/access-common.ts'
import { problemWith } from '../../../schemas/check.ts'
import type { TSchema } from '../../../schemas/typebox.ts'
import { ApiError } from '../../gateway/api-error.ts'
import { validatorCompiler } from '../../gateway/validation.ts'
import { ACCESS_ERRORS } from './errors.ts'

/**
 * Path and query are read as everywhere. A body that breaks its model gets an error of Access
 * (assumed: access_body_invalid); a field that is null counts as absent there.
 */
const compileForAccess: FastifySchemaCompiler<unknown> = definition => {
  const schema = definition.schema as TSchema
  if (definition.httpPart !== 'body') return validatorCompiler({ ...definition, schema })

  const readObject = validatorCompiler({ ...definition, schema: AnyObject })
  return bytes => {
    const read = readObject(bytes)
    if (typeof read !== 'object' || !('value' in read)) return { error: bodyError('the body is not a JSON object') }

    const value = withoutNulls(read.value)
    const problem = problemWith(schema, value)
    return problem ? { error: bodyError([problem.where, problem.what].filter(Boolean).join(': ')) } : { value }
  }
}

/** For routes with a body. */
export const WITH_BODY = { validatorCompiler: compileForAccess }

function bodyError(what: string): ApiError {
  return new ApiError(ACCESS_ERRORS.access_body_invalid, what)
}

function withoutNulls(body: object): object {
  return Object.fromEntries(Object.entries(body).filter(([, value]) => value !== null))
}
