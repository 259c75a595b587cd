import type { FastifyRequest } from 'fastify'
import { isObject } from '../../schemas/is-object.ts'
import { redactedText } from './redaction.ts'

/**
 * The keys of a request that the operation ignores, as paths such as `query.colour`. They reveal
 * typos. `query` is the query as the client sent it.
 */
export function undeclaredKeysOf(request: FastifyRequest, query: unknown): string[] {
  const undeclared: string[] = []
  addUndeclared(undeclared, request.routeOptions.schema?.querystring ?? NO_PARAMETERS, query, 'query')
  addUndeclaredBody(undeclared, request)
  return undeclared
}

const NO_PARAMETERS = { properties: {} }

/**
 * An operation without a model for its body ignores the whole body; an empty object does not count.
 */
function addUndeclaredBody(undeclared: string[], { routeOptions, body, bytes }: FastifyRequest): void {
  const model = routeOptions.schema?.body
  if (model && !(body instanceof Buffer)) addUndeclared(undeclared, model, body, 'body')
  if (!model && bytes !== undefined && !['', '{}'].includes(bytes.toString().trim())) undeclared.push('body')
}

/**
 * Adds the keys that a model does not declare. An open model stores undeclared keys, so they do not
 * count.
 */
function addUndeclared(undeclared: string[], model: unknown, value: unknown, where: string): void {
  if (!isObject(model)) return
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) addUndeclared(undeclared, model.items, item, `${where}[${index}]`)
    return
  }
  const { properties } = model
  if (!isObject(properties) || !isObject(value)) return

  for (const key of Object.keys(value)) {
    if (Object.hasOwn(properties, key)) addUndeclared(undeclared, properties[key], value[key], `${where}.${key}`)
    else if (model.additionalProperties !== true) undeclared.push(redactedText(`${where}.${key}`))
  }
}
