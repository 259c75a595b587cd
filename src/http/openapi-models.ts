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

/** Changes the parameters of each operation. */
export function mapParameters(
  document: OpenApiObject,
  change: (parameters: readonly OpenApiObject[]) => readonly OpenApiObject[],
): OpenApiObject {
  const paths = mapOperations(document.paths, operation =>
    isObject(operation) && Array.isArray(operation.parameters)
      ? { ...operation, parameters: change(operation.parameters.filter(isObject)) }
      : operation,
  )
  return { ...document, paths }
}

/**
 * For pages on which people try operations. The parameters of the path come first. Optional filters
 * have no examples, since a page would fill those in, and no list would show anything.
 */
export function forTrying(document: OpenApiObject): OpenApiObject {
  return mapParameters(document, parameters => {
    const [path, others] = [parameters.filter(isInPath), parameters.filter(one => !isInPath(one))]
    return [...path, ...others.map(withoutExampleIfOptional)]
  })
}

function withoutExampleIfOptional(parameter: OpenApiObject): OpenApiObject {
  const { example, ...others } = parameter
  return parameter.required === true ? parameter : others
}

function isInPath(parameter: OpenApiObject): boolean {
  return parameter.in === 'path'
}
