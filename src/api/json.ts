import { refuse } from '../domain/errors.ts'

/** The depth at which Rust's serde stops reading (inferred: the one recorded error text is serde's). */
const MAX_DEPTH = 128

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** A body as a value, or a refusal in the service's words; the reasons are in serde's words where those are known. */
export const parseJson = (bytes: Buffer): unknown => {
  if (bytes.length === 0) return broken('EOF while parsing a value at line 1 column 0')

  const value = parsed(textOf(bytes))
  return isDeeper(value, MAX_DEPTH) ? broken('recursion limit exceeded') : value
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

const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some(item => isDeeper(item, levels - 1)))

const broken = (reason: string): never => refuse('input_invalid', `Json deserialize error: ${reason}`)
