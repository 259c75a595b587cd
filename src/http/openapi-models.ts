import { isObject } from '../../schemas/is-object.ts'

/** A part of an OpenAPI document. */
export type OpenApiObject = Record<string, unknown>

export function mapValues(node: unknown, change: (value: unknown) => unknown): OpenApiObject {
  return Object.fromEntries(Object.entries(isObject(node) ? node : {}).map(([key, value]) => [key, change(value)]))
}

export function mapOperations(paths: unknown, change: (operation: unknown) => unknown): OpenApiObject {
  return mapValues(paths, path => mapValues(path, change))
}

/** Moves each model that has a title into `models`, and puts a reference in its place. */
export function extractModels(node: unknown, models: OpenApiObject): unknown {
  if (Array.isArray(node)) return node.map(item => extractModels(item, models))
  if (!isObject(node)) return node

  const { title, type } = node
  const copy = mapValues(node, value => extractModels(value, models))
  if (typeof title !== 'string' || type !== 'object') return copy

  models[title] = copy
  return { $ref: `#/components/schemas/${title}` }
}

/** Changes each parameter of each operation. */
export function mapParameters(
  document: OpenApiObject,
  change: (parameter: OpenApiObject) => OpenApiObject,
): OpenApiObject {
  const paths = mapOperations(document.paths, operation => {
    if (!isObject(operation) || !Array.isArray(operation.parameters)) return operation
    return { ...operation, parameters: operation.parameters.map(one => (isObject(one) ? change(one) : one)) }
  })
  return { ...document, paths }
}

/** A page would fill the examples of optional filters in, and then no list would show anything. */
export function withoutFilterExamples(document: OpenApiObject): OpenApiObject {
  return mapParameters(document, parameter => {
    if (parameter.in !== 'query' || parameter.required === true || !isObject(parameter.schema)) return parameter
    const { examples, ...schema } = parameter.schema
    return { ...parameter, schema }
  })
}
