/**
 * Why we do not take a JSON value that JavaScript accepts: it has more than `levels` levels, or
 * contains a number too large for a double, or half a surrogate pair. The last two could not be
 * stored and returned unchanged.
 */
export function jsonProblem(value: unknown, levels: number): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'a number is too large'
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'a text has half of a surrogate pair'
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return 'there are too many levels'

  for (const [key, item] of Object.entries(value)) {
    const problem = jsonProblem(key, 0) ?? jsonProblem(item, levels - 1)
    if (problem !== undefined) return problem
  }
  return undefined
}
