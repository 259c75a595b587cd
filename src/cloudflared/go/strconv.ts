/** How Go's package `strconv` reads a number (Atoi) and shows a string in a message (Quote, the verb %q). */

import { Refusal } from '../ingress/refusal.ts'
import { type Bytes, fromBytes, toBytes } from './bytes.ts'
import { isPrintable } from './unicode.ts'

const maxUint64 = 2n ** 64n - 1n
const maxInt64 = 2n ** 63n - 1n

/** A Go int has 64 bits, hence the bigint. */
export function atoi(text: string): bigint {
  const refuse = (reason: string) => new Refusal(`strconv.Atoi: parsing ${quote(toBytes(text))}: ${reason}`)
  const unsigned = text.replace(/^[+-]/, '')
  const isNegative = unsigned !== text && text.startsWith('-')
  const digits = unsigned.slice(0, unsigned.search(/\D|$/))
  // 2^64 has twenty digits: with one more the outcome is clear, and a number of a megabyte stays cheap.
  const magnitude = BigInt(digits.replace(/^0+/, '').slice(0, 21))

  // Go reads from left to right, so a number that is already too long for 64 bits may end in anything.
  if (magnitude > maxUint64) throw refuse('value out of range')
  if (digits === '' || digits !== unsigned) throw refuse('invalid syntax')
  if (magnitude > maxInt64 + (isNegative ? 1n : 0n)) throw refuse('value out of range')
  return isNegative ? -magnitude : magnitude
}

/** Whole characters in UTF-8 (table 3-7 of the Unicode standard), up to a thousand of them, else a single byte. */
const charactersOrByte = new RegExp(
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

const shortEscapes = new Map([
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
  const quoted = bytes.replace(charactersOrByte, (sequence: Bytes, byte: Bytes | undefined) =>
    byte === undefined ? quotedCharacters(sequence) : `\\x${hex(byte, 2)}`,
  )
  return `"${quoted}"`
}

function quotedCharacters(sequence: Bytes): string {
  return fromBytes(sequence).replace(
    /[^ !#-[\]-~]/gu,
    character => shortEscapes.get(character) ?? escapedRune(character),
  )
}

function escapedRune(character: string): string {
  if (isPrintable(character)) return character
  if (character <= '\x7f') return `\\x${hex(character, 2)}`
  return character.length > 1 ? `\\U${hex(character, 8)}` : `\\u${hex(character, 4)}`
}

function hex(character: string, width: number): string {
  return (character.codePointAt(0) ?? 0).toString(16).padStart(width, '0')
}
