/** Checks large values item by item: the generators yield after each item of a list in the root. */
import { problemWith } from './check.ts'
import { isObject } from './is-object.ts'
import { jsonProblem } from './json-limits.ts'
import type { Problem } from './problem-text.ts'
import type { TSchema } from './typebox.ts'

type Items = Iterable<[index: number, item: unknown]>

/** Like `problemWith`. */
export function* problemByItem(schema: TSchema, value: unknown): Generator<void, Problem | undefined> {
  if (!isObject(value)) return problemWith(schema, value)

  const lists = Object.entries<TSchema>(schema.properties ?? {}).flatMap(([key, model]): [string, TSchema, Items][] => {
    const list = value[key]
    return restrictsItemsOnly(model) && Array.isArray(list) ? [[key, model.items, list.entries()]] : []
  })
  const problem = problemWith(schema, { ...value, ...Object.fromEntries(lists.map(([key]) => [key, []])) })
  if (problem) return problem

  for (const [key, model, items] of lists) {
    for (const [index, item] of items) {
      const inItem = problemWith(model, item)
      if (inItem) return { ...inItem, where: [`${key}[${index}]`, inItem.where].filter(Boolean).join('.') }
      yield
    }
  }
  return undefined
}

/** Whether the model says nothing about the list as a whole, such as its length. */
function restrictsItemsOnly({ type, items, minItems, maxItems, uniqueItems, contains }: TSchema): boolean {
  return type === 'array' && items && [minItems, maxItems, uniqueItems, contains].every(rule => rule === undefined)
}

/** Like `jsonProblem`. */
export function* jsonProblemByItem(value: unknown, levels: number): Generator<void, string | undefined> {
  if (!isObject(value)) return jsonProblem(value, levels)

  for (const [key, member] of Object.entries(value)) {
    const isList = Array.isArray(member)
    const problem = jsonProblem({ [key]: isList ? [] : member }, levels)
    if (problem !== undefined) return problem
    for (const item of isList ? member : []) {
      const inItem = jsonProblem(item, levels - 2)
      if (inItem !== undefined) return inItem
      yield
    }
  }
  return undefined
}
