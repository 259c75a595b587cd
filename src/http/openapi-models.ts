/** A part of an OpenAPI document. */
export type Tree = Record<string, unknown>

export function isTree(node: unknown): node is Tree {
  return typeof node === 'object' && node !== null && !Array.isArray(node)
}

export function mapValues(node: unknown, change: (value: unknown) => unknown): Tree {
  return Object.fromEntries(Object.entries(isTree(node) ? node : {}).map(([key, value]) => [key, change(value)]))
}

/** Models that have a title are put among the components; what held them refers to them. */
export function named(node: unknown, models: Tree): unknown {
  if (Array.isArray(node)) return node.map(item => named(item, models))
  if (!isTree(node)) return node

  const { title, type } = node
  const copy = mapValues(node, value => named(value, models))
  if (typeof title !== 'string' || type !== 'object') return copy

  models[title] = copy
  return { $ref: `#/components/schemas/${title}` }
}
