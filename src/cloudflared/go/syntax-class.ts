/**
 * Character classes and escapes: parseClass, parseNamedClass, parseUnicodeClass and parseEscape of
 * Go's parser.
 */

import { type Cursor, syntaxError, take, takeRune, textSince } from './syntax-cursor.ts'
import { isClassName } from './unicode.ts'

const OCTAL = /[1-7][0-7]{1,2}|0[0-7]{0,2}/y
const LITERAL_ESCAPE = /^[^\da-zA-Z\u0080-\uffff]$/
const HEX_DIGIT = /^[\da-f]$/i
const CONTROLS: Readonly<Record<string, number>> = { a: 7, f: 12, n: 10, r: 13, t: 9, v: 11 }
const MAX_RUNE = 0x10ffff

const POSIX_NAMES = new Set(
  'alnum alpha ascii blank cntrl digit graph lower print punct space upper word xdigit'.split(' '),
)

/**
 * Takes `[…]`. True if the class holds one single character: Go then treats it as that character.
 */
export function takeClass(cursor: Cursor): boolean {
  const { pattern, at: start } = cursor
  const isNegated = pattern[start + 1] === '^'
  cursor.at += isNegated ? 2 : 1
  let isFirst = true
  let isSingleCharacter = !isNegated
  let firstCharacter: number | undefined

  while (isFirst || pattern[cursor.at] !== ']') {
    isFirst = false
    if (takePosixClass(cursor) || takeClassEscape(cursor)) {
      isSingleCharacter = false
      continue
    }
    const { low, high } = takeRange(cursor, start)
    firstCharacter ??= low
    isSingleCharacter &&= low === high && low === firstCharacter
  }
  cursor.at += 1
  return isSingleCharacter
}

/** Without a `:]` anywhere after it, `[:` is two ordinary characters. */
function takePosixClass(cursor: Cursor): boolean {
  const { pattern, at } = cursor
  if (!pattern.startsWith('[:', at) || cursor.lastPosixEnd < at + 2) return false

  const end = pattern.indexOf(':]', at + 2)
  cursor.at = end + 2
  if (!POSIX_NAMES.has(pattern.slice(at + 2, end).replace(/^\^/, ''))) {
    throw syntaxError('invalid character class range', textSince(cursor, at))
  }
  return true
}

function takeRange(cursor: Cursor, start: number): { low: number; high: number } {
  const { pattern, at } = cursor
  const low = takeMember(cursor, start)
  const next = pattern[cursor.at + 1]
  if (pattern[cursor.at] !== '-' || next === undefined || next === ']') return { low, high: low }

  cursor.at += 1
  const high = takeMember(cursor, start)
  if (high < low) throw syntaxError('invalid character class range', textSince(cursor, at))
  return { low, high }
}

function takeMember(cursor: Cursor, start: number): number {
  if (cursor.pattern[cursor.at] === '\\') return takeEscape(cursor)

  const rune = takeRune(cursor)
  if (rune === '') throw syntaxError('missing closing ]', textSince(cursor, start))
  return codeOf(rune)
}

/**
 * Takes an escape for a class, such as `\pL`, `\p{Greek}` or `\d`, if there is one at the cursor.
 */
export function takeClassEscape(cursor: Cursor): boolean {
  const { pattern, at } = cursor
  const kind = pattern[at] === '\\' ? pattern[at + 1] : undefined
  if (kind === undefined || !'dDsSwWpP'.includes(kind)) return false
  if (kind !== 'p' && kind !== 'P') {
    cursor.at += 2
    return true
  }

  if (!isClassName(takeClassName(cursor).replace(/^\^/, ''))) {
    throw syntaxError('invalid character class range', textSince(cursor, at))
  }
  return true
}

function takeClassName(cursor: Cursor): string {
  const { pattern, at } = cursor
  cursor.at += 2
  if (pattern[cursor.at] !== '{') return takeRune(cursor)

  const end = pattern.indexOf('}', at)
  cursor.at = end < 0 ? pattern.length : end + 1
  return end < 0 ? '' : pattern.slice(at + 3, end)
}

/** Takes an escape that stands for one character. */
export function takeEscape(cursor: Cursor): number {
  const start = cursor.at
  cursor.at += 1
  const rune = takeRune(cursor)
  if (rune >= '0' && rune <= '7') return takeOctal(cursor, start)
  if (rune === '') throw syntaxError('trailing backslash at end of expression', '')

  const code = rune === 'x' ? takeHex(cursor) : (CONTROLS[rune] ?? (LITERAL_ESCAPE.test(rune) ? codeOf(rune) : -1))
  if (code < 0) throw syntaxError('invalid escape sequence', textSince(cursor, start))
  return code
}

/**
 * Up to three digits. A single digit other than 0 is a backreference, which Go does not support.
 */
function takeOctal(cursor: Cursor, start: number): number {
  cursor.at = start + 1
  const digits = take(cursor, OCTAL)?.[0]
  if (digits !== undefined) return Number.parseInt(digits, 8)

  cursor.at += 1
  throw syntaxError('invalid escape sequence', textSince(cursor, start))
}

/**
 * Two digits, or any number of digits in braces. For anything else -1, with the cursor after the
 * first invalid character.
 */
function takeHex(cursor: Cursor): number {
  const first = takeRune(cursor)
  if (first !== '{') {
    const digits = first + takeRune(cursor)
    return /^[\da-f]{2}$/i.test(digits) ? Number.parseInt(digits, 16) : -1
  }

  let code = -1
  for (let digit = takeRune(cursor); digit !== '}'; digit = takeRune(cursor)) {
    if (!HEX_DIGIT.test(digit)) return -1
    code = Math.max(code, 0) * 16 + Number.parseInt(digit, 16)
    if (code > MAX_RUNE) return -1
  }
  return code
}

function codeOf(rune: string): number {
  return rune.codePointAt(0) ?? -1
}
