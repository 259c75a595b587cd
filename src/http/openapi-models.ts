import { isObject } from '../../schemas/is-object.ts'

/** A part of an OpenAPI document. */
export type OpenApiObject = Record<string, unknown>

export function mapValues(node: unknown, change: (value: unknown) => unknown): OpenApiObject {
  return Object.fromEntries(Object.entries(isObject(node) ? node : {}).map(([key, value]) => [key, change(value)]))
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
