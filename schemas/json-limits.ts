/** The depth at which Rust's serde stops reading (inferred: body_wording). */
const MAX_DEPTH = 128

/**
 * Why a value is no JSON to the service, although JavaScript reads it: too deep, a number beyond a
 * double, half a surrogate pair. In serde's words where those are known. None of the three could be
 * stored and given back as it came.
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
