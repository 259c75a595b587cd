/** What serde calls a value that it did not expect. */
import { readAnyValue } from './any-value.ts'
import { isDigit, type Numeral, readNumber } from './number.ts'
import { code, type Source } from './source.ts'
import { readText } from './text.ts'

/** Reads the value, or only peeks at an array or an object. */
export function unexpectedValue(source: Source): string {
  const byte = source.peek()
  if (byte === code('[')) return 'sequence'
  if (byte === code('{')) return 'map'
  if (byte === code('"')) return unexpectedText(readText(source))
  if (byte === code('-') || isDigit(byte)) return unexpectedNumber(readNumber(source))

  const word = readAnyValue(source)
  return word === null ? 'null' : `boolean \`${word}\``
}

export function unexpectedText(text: string): string {
  return `string ${debugText(text)}`
}

export function unexpectedNumber({ value, whole }: Numeral): string {
  return whole === undefined ? `floating point \`${debugFloat(value)}\`` : `integer \`${whole}\``
}

const ESCAPES: Readonly<Record<string, string>> = {
  '"': '\\"',
  '\\': '\\\\',
  '\t': '\\t',
  '\n': '\\n',
  '\r': '\\r',
  '\0': '\\0',
}

/** A text as Rust prints it for debugging. */
function debugText(text: string): string {
  return `"${text.replaceAll(/["\\]|(?! )[\p{C}\p{Z}\p{Grapheme_Extend}]/gu, debugCharacter)}"`
}

function debugCharacter(character: string): string {
  return ESCAPES[character] ?? `\\u{${character.codePointAt(0)?.toString(16)}}`
}

/** A float as serde_json prints it: with an exponent below 1e-5 and from 1e16 on. */
function debugFloat(value: number): string {
  const exponential = value.toExponential()
  const exponent = Number(exponential.split('e')[1])
  if (exponent < -5 || exponent > 15) return exponential

  const decimal = Object.is(value, -0) ? '-0' : String(value)
  return decimal.includes('.') ? decimal : `${decimal}.0`
}
