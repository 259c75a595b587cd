import { isObject } from '../../schemas/is-object.ts'
import type { OpenApiObject } from '../../src/http/openapi-models.ts'
import { type Facts, type Fields, fieldsOf } from './fields.ts'
import { list, resolveReference } from './schema.ts'

/** The paths of cloudflared tunnels, and those of tunnels of every type. */
const PATHS = /^\/accounts\/\{\w+\}\/(cfd_tunnel|tunnels)(\/|$)/
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export interface Operation {
  /** Method and path, such as `GET /accounts/{account_id}/cfd_tunnel`. */
  readonly name: string
  readonly fields: Fields
}

/**
 * The operations of a description by method and path, regardless of the names of path parameters.
 */
export function operationsOf(document: OpenApiObject): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const [path, item] of Object.entries(isObject(document.paths) ? document.paths : {})) {
    if (!PATHS.test(path) || !isObject(item)) continue

    for (const method of METHODS) {
      const operation = item[method]
      if (!isObject(operation)) continue

      const parameters = [...list(item.parameters), ...list(operation.parameters)]
      const fields = new Map([
        ...operationFields(operation),
        ...requestFields(document, operation, parameters),
        ...responseFields(document, operation),
      ])
      const verb = method.toUpperCase()
      operations.set(`${verb} ${path.replaceAll(/\{\w+\}/g, '{}')}`, { name: `${verb} ${path}`, fields })
    }
  }
  return operations
}

function operationFields({ operationId, deprecated }: OpenApiObject): [string, Facts][] {
  return [
    [
      'operation',
      {
        ...(typeof operationId === 'string' && { id: operationId }),
        ...(deprecated === true && { status: 'deprecated' }),
      },
    ],
  ]
}

function requestFields(
  document: OpenApiObject,
  { requestBody }: OpenApiObject,
  parameters: readonly unknown[],
): [string, Facts][] {
  const inUrl = parameters.flatMap(parameter => {
    const { in: part, name, required, deprecated, schema } = followReference(document, parameter)
    const parameterSchema = deprecated === true ? { allOf: [schema, { deprecated }] } : schema
    return [...fieldsOf(document, `${part} ${name}`, parameterSchema, required === true)]
  })
  const body = followReference(document, requestBody)
  const schema = jsonSchemaOf(body)
  return schema === undefined ? inUrl : [...inUrl, ...fieldsOf(document, 'body', schema, body.required === true)]
}

/** Success and client errors: Cloudflare describes no other responses. */
function responseFields(document: OpenApiObject, { responses }: OpenApiObject): [string, Facts][] {
  return Object.entries({ answer: '200', refusal: '4XX' }).flatMap(([place, status]) => {
    const schema = jsonSchemaOf(followReference(document, isObject(responses) ? responses[status] : undefined))
    return schema === undefined ? [] : [...fieldsOf(document, place, schema, true)]
  })
}

function followReference(document: OpenApiObject, node: unknown): OpenApiObject {
  if (!isObject(node)) return {}
  return typeof node.$ref === 'string' ? followReference(document, resolveReference(document, node.$ref)) : node
}

function jsonSchemaOf({ content }: OpenApiObject): unknown {
  const json = isObject(content) ? content['application/json'] : undefined
  return isObject(json) ? json.schema : undefined
}
