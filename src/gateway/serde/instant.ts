import { urlDecodedOnce } from '../../../schemas/formats.ts'

const INSTANT = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)/
const EXAMPLE = '2000-01-01T00:00:00Z'

/**
 * Why a text is no RFC 3339 time, in the words of Rust's chrono crate. Which crate reads the times
 * of the service is not known (inferred: query_refused).
 */
export function instantProblem(text: string): string {
  const decoded = urlDecodedOnce(text)
  const instant = INSTANT.exec(decoded)?.[0]
  if (instant === decoded) return 'input is out of range'
  if (instant !== undefined) return 'trailing input'
  return INSTANT.test(decoded + EXAMPLE.slice(decoded.length))
    ? 'premature end of input'
    : 'input contains invalid characters'
}
