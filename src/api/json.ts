import { refuse } from '../domain/errors.ts'

/** The depth at which Rust's serde stops reading (inferred: body_wording). */
const MAX_DEPTH = 128

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A body as a value, or a refusal in the service's words; the reasons are in serde's words where those are known. */
export const parseJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return broken('EOF while parsing a value at line 1 column 0')

  const value = parsed(textOf(bytes))
  const objection = objectionTo(value, MAX_DEPTH)
  return objection === undefined ? value : broken(objection)
}

const textOf = (bytes: Buffer): string => {
  try {
    return utf8.decode(bytes)
  } catch {
    return broken('invalid unicode code point')
  }
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch (error) {
    return broken(error instanceof Error ? error.message : String(error))
  }
}

/** What JavaScript would read and serde refuses: too deep a value, a number beyond a double, half a surrogate pair. */
const objectionTo = (value: unknown, levels: number): string | undefined => {
  if (typeof value === 'number') return Number.isFinite(value) ? undefined : 'number out of range'
  if (typeof value === 'string') return value.isWellFormed() ? undefined : 'lone leading surrogate in hex escape'
  if (typeof value !== 'object' || value === null) return undefined
  if (levels === 0) return 'recursion limit exceeded'

  for (const [key, item] of Object.entries(value)) {
    const objection = objectionTo(key, 0) ?? objectionTo(item, levels - 1)
    if (objection !== undefined) return objection
  }
  return undefined
}

const broken = (reason: string): never => refuse('input_invalid', `Json deserialize error: ${reason}`)
