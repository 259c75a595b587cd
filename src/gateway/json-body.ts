import { jsonProblem } from '../../schemas/json-limits.ts'
import { throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * Parses a body, or rejects it with the service's error. The reason uses the words of Rust's serde
 * where we know them.
 */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return rejectBody('EOF while parsing a value at line 1 column 0')

  const value = parse(decode(bytes))
  const problem = jsonProblem(value)
  return problem === undefined ? value : rejectBody(problem)
}

function decode(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return rejectBody('invalid unicode code point')
  }
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return rejectBody(error instanceof Error ? error.message : String(error))
  }
}

function rejectBody(reason: string): never {
  return throwApiError(GATEWAY_ERRORS.input_invalid, `Json deserialize error: ${reason}`)
}
