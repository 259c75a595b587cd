import { objectionTo } from '../../schemas/json-limits.ts'
import { throwApiError } from './api-error.ts'
import { GATEWAY_ERRORS } from './errors.ts'

const utf8 = new TextDecoder('utf-8', { fatal: true })

/**
 * A body as a value, or a refusal in the service's words; the reasons are in serde's words where
 * those are known.
 */
export function parseJson(bytes: Buffer): unknown {
  if (bytes.length === 0) return refuseBody('EOF while parsing a value at line 1 column 0')

  const value = parsed(textOf(bytes))
  const objection = objectionTo(value)
  return objection === undefined ? value : refuseBody(objection)
}

function textOf(bytes: Buffer): string {
  try {
    return utf8.decode(bytes)
  } catch {
    return refuseBody('invalid unicode code point')
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    return refuseBody(error instanceof Error ? error.message : String(error))
  }
}

function refuseBody(reason: string): never {
  return throwApiError(GATEWAY_ERRORS.input_invalid, `Json deserialize error: ${reason}`)
}
