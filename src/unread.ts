import type { FastifyRequest } from 'fastify'
import { redactedText } from './domain/redaction.ts'
import { isTree } from './openapi-models.ts'

/** A request as it was sent. */
interface Sent {
  readonly query: unknown
  readonly body: Buffer | undefined
}

/** What an operation was sent and did not look at, as paths such as `query.colour`, so that a misspelled key can be found. */
export const unreadOf = (request: FastifyRequest, { query, body }: Sent): string[] => [
  ...unreadParameters(request, query),
  ...unreadBody(request, body),
]

const unreadParameters = ({ route }: FastifyRequest, query: unknown): string[] =>
  unreadKeys(route.schema?.querystring ?? NO_PARAMETERS, query, 'query')

const NO_PARAMETERS = { properties: {} }

/** A body of which the operation has no model is not read at all; of an empty object nothing is lost. */
const unreadBody = ({ route, body }: FastifyRequest, bytes: Buffer | undefined): string[] => {
  const model = route.schema?.body
  if (model) return body instanceof Buffer ? [] : unreadKeys(model, body, 'body')
  return bytes === undefined || ['', '{}'].includes(bytes.toString().trim()) ? [] : ['body']
}

/** Keys that a model does not declare, as paths. What an open model does not declare is stored, so it counts as read. */
const unreadKeys = (model: unknown, value: unknown, where: string): string[] => {
  if (!isTree(model)) return []
  if (Array.isArray(value)) return value.flatMap((item, index) => unreadKeys(model.items, item, `${where}[${index}]`))
  const { properties } = model
  if (!isTree(properties) || !isTree(value)) return []

  return Object.keys(value).flatMap(key => {
    if (Object.hasOwn(properties, key)) return unreadKeys(properties[key], value[key], `${where}.${key}`)
    return model.additionalProperties === true ? [] : [redactedText(`${where}.${key}`)]
  })
}
