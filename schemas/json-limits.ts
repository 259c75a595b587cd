/** The maximum depth that Rust's serde reads (inferred: body_wording). */
const MAX_DEPTH = 128

/**
 * Why the service rejects a JSON value that JavaScript accepts: it is too deep, or contains a
 * number too large for a double, or half a surrogate pair. The last two could not be stored and
 * returned unchanged. The texts use serde's words where we know them.
 */
export function jsonProblem(value: unknown, levels = MAX_DEPTH): string | undefined {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'number out of range'
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'lone leading surrogate in hex escape'
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return 'recursion limit exceeded'

  for (const [key, item] of Object.entries(value)) {
    const problem = jsonProblem(key, 0) ?? jsonProblem(item, levels - 1)
    if (problem !== undefined) return problem
  }
  return undefined
}
