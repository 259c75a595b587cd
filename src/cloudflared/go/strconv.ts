/**
 * Go's package `strconv`: Atoi, which reads a number, and Quote, which shows a string in a message.
 */

import { type Bytes, fromBytes, toBytes } from './bytes.ts'
import { GoError } from './error.ts'
import { isPrintable } from './unicode.ts'

const MAX_UINT64 = 2n ** 64n - 1n
const MAX_INT64 = 2n ** 63n - 1n

/** A Go int has 64 bits, hence the bigint. */
export function atoi(text: string): bigint {
  const numberError = (reason: string) => new GoError(`strconv.Atoi: parsing ${quote(toBytes(text))}: ${reason}`)
  const unsigned = text.replace(/^[+-]/, '')
  const isNegative = unsigned !== text && text.startsWith('-')
  const digits = unsigned.slice(0, unsigned.search(/\D|$/))
  // 2^64 has twenty digits. One more decides the outcome, and keeps a number of a megabyte cheap.
  const magnitude = BigInt(digits.replace(/^0+/, '').slice(0, 21))

  // Go reads from left to right: once the value exceeds 64 bits, it does not look at the rest.
  if (magnitude > MAX_UINT64) throw numberError('value out of range')
  if (digits === '' || digits !== unsigned) throw numberError('invalid syntax')
  if (magnitude > MAX_INT64 + (isNegative ? 1n : 0n)) throw numberError('value out of range')
  return isNegative ? -magnitude : magnitude
}

/**
 * Up to a thousand well-formed characters in UTF-8 (table 3-7 of the Unicode standard), or one
 * other byte.
 */
const CHARACTERS_OR_BYTE = new RegExp(
  `(?:${[
    /[^\x80-\xff]/,
    /[\xc2-\xdf][\x80-\xbf]/,
    /(?:\xe0[\xa0-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]|\xed[\x80-\x9f])[\x80-\xbf]/,
    /(?:\xf0[\x90-\xbf]|[\xf1-\xf3][\x80-\xbf]|\xf4[\x80-\x8f])[\x80-\xbf]{2}/,
  ]
    .map(({ source }) => source)
    .join('|')}){1,1000}|(.)`,
  'gs',
)

const SHORT_ESCAPES = new Map([
  ['"', '\\"'],
  ['\\', '\\\\'],
  ['\x07', '\\a'],
  ['\b', '\\b'],
  ['\f', '\\f'],
  ['\n', '\\n'],
  ['\r', '\\r'],
  ['\t', '\\t'],
  ['\v', '\\v'],
])

export function quote(bytes: Bytes): string {
  const quoted = bytes.replace(CHARACTERS_OR_BYTE, (sequence: Bytes, byte: Bytes | undefined) =>
    byte === undefined ? quoteCharacters(sequence) : `\\x${hex(byte, 2)}`,
  )
  return `"${quoted}"`
}

function quoteCharacters(sequence: Bytes): string {
  return fromBytes(sequence).replace(
    /[^ !#-[\]-~]/gu,
    character => SHORT_ESCAPES.get(character) ?? escapeRune(character),
  )
}

function escapeRune(character: string): string {
  if (isPrintable(character)) return character
  if (character <= '\x7f') return `\\x${hex(character, 2)}`
  return character.length > 1 ? `\\U${hex(character, 8)}` : `\\u${hex(character, 4)}`
}

function hex(character: string, width: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(width, '0')
}
