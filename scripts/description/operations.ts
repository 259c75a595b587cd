import { isTree, type Tree } from '../../src/http/openapi-models.ts'
import { type Facts, type Fields, fieldsOf } from './fields.ts'
import { at, list } from './schema.ts'

/** The tunnels of cloudflared, and the list of tunnels of every type. */
const PATHS = /^\/accounts\/\{\w+\}\/(cfd_tunnel|tunnels)(\/|$)/
const METHODS = ['get', 'post', 'put', 'patch', 'delete']

export interface Operation {
  /** Method and path, such as `GET /accounts/{account_id}/cfd_tunnel`. */
  readonly name: string
  readonly fields: Fields
}

/** The operations of a description by what identifies them: method, and path whatever its parameters are called. */
export function operationsOf(document: Tree): ReadonlyMap<string, Operation> {
  const operations = new Map<string, Operation>()
  for (const [path, item] of Object.entries(isTree(document.paths) ? document.paths : {})) {
    if (!PATHS.test(path) || !isTree(item)) continue

    for (const method of METHODS) {
      const operation = item[method]
      if (!isTree(operation)) continue

      const parameters = [...list(item.parameters), ...list(operation.parameters)]
      const fields = new Map([
        ...itself(operation),
        ...sent(document, operation, parameters),
        ...answered(document, operation),
      ])
      const verb = method.toUpperCase()
      operations.set(`${verb} ${path.replaceAll(/\{\w+\}/g, '{}')}`, { name: `${verb} ${path}`, fields })
    }
  }
  return operations
}

function itself({ operationId, deprecated }: Tree): [string, Facts][] {
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

function sent(document: Tree, { requestBody }: Tree, parameters: readonly unknown[]): [string, Facts][] {
  const inUrl = parameters.flatMap(parameter => {
    const { in: part, name, required, deprecated, schema } = followed(document, parameter)
    const whole = deprecated === true ? { allOf: [schema, { deprecated }] } : schema
    return [...fieldsOf(document, `${part} ${name}`, whole, required === true)]
  })
  const body = followed(document, requestBody)
  const schema = contentOf(body)
  return schema === undefined ? inUrl : [...inUrl, ...fieldsOf(document, 'body', schema, body.required === true)]
}

/** Success, and refusal by its class of statuses: Cloudflare describes these two and no other. */
function answered(document: Tree, { responses }: Tree): [string, Facts][] {
  return Object.entries({ answer: '200', refusal: '4XX' }).flatMap(([place, status]) => {
    const schema = contentOf(followed(document, isTree(responses) ? responses[status] : undefined))
    return schema === undefined ? [] : [...fieldsOf(document, place, schema, true)]
  })
}

function followed(document: Tree, node: unknown): Tree {
  if (!isTree(node)) return {}
  return typeof node.$ref === 'string' ? followed(document, at(document, node.$ref)) : node
}

function contentOf({ content }: Tree): unknown {
  const json = isTree(content) ? content['application/json'] : undefined
  return isTree(json) ? json.schema : undefined
}
