import type { FastifyRequest } from 'fastify'
import { isTree } from '../http/openapi-models.ts'
import { redactedText } from './redaction.ts'

/** What an operation was sent and did not look at, as paths such as `query.colour`, so that a misspelled key can be found. `query` is as it was sent. */
export function unreadOf(request: FastifyRequest, query: unknown): string[] {
  const unread: string[] = []
  addUnreadKeys(unread, request.route.schema?.querystring ?? NO_PARAMETERS, query, 'query')
  addUnreadBody(unread, request)
  return unread
}

const NO_PARAMETERS = { properties: {} }

/** A body of which the operation has no model is not read at all; of an empty object nothing is lost. */
function addUnreadBody(unread: string[], { route, body, bytes }: FastifyRequest): void {
  const model = route.schema?.body
  if (model && !(body instanceof Buffer)) addUnreadKeys(unread, model, body, 'body')
  if (!model && bytes !== undefined && !['', '{}'].includes(bytes.toString().trim())) unread.push('body')
}

/** Adds keys that a model does not declare, as paths. What an open model does not declare is stored, so it counts as read. */
function addUnreadKeys(unread: string[], model: unknown, value: unknown, where: string): void {
  if (!isTree(model)) return
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) addUnreadKeys(unread, model.items, item, `${where}[${index}]`)
    return
  }
  const { properties } = model
  if (!isTree(properties) || !isTree(value)) return

  for (const key of Object.keys(value)) {
    if (Object.hasOwn(properties, key)) addUnreadKeys(unread, properties[key], value[key], `${where}.${key}`)
    else if (model.additionalProperties !== true) unread.push(redactedText(`${where}.${key}`))
  }
}
