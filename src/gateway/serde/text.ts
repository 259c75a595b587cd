import { isUtf8 } from 'node:buffer'
import { code, END, type Source } from './source.ts'

const EOF = 'EOF while parsing a string'
/** (recorded: body_line_feed) */
const CONTROL_CHARACTER = 'control character (\\u0000-\\u001F) found while parsing a string'
const LONE_SURROGATE = 'lone leading surrogate in hex escape'

const QUOTE = code('"')
const BACKSLASH = code('\\')
const LETTER_U = code('u')
const SIMPLE_ESCAPES = new Set(Buffer.from('"\\/bfnrt'))

/** Reads a string; the reader is at its opening quote. */
export function readText(source: Source): string {
  const start = source.index++
  let allBits = 0
  let hasEscapes = false
  for (let byte = source.next(); byte !== QUOTE; byte = source.next()) {
    if (byte === END) source.fail(EOF)
    if (byte < 0x20) source.fail(CONTROL_CHARACTER)
    allBits |= byte
    if (byte === BACKSLASH) {
      hasEscapes = true
      readEscape(source)
    }
  }
  const quoted = source.since(start)
  if (allBits > 0x7f && !isUtf8(quoted)) source.fail('invalid unicode code point', start + validLength(quoted) + 1)
  return hasEscapes ? JSON.parse(quoted.toString()) : quoted.toString('utf8', 1, quoted.length - 1)
}

/**
 * Passes over a string of an ignored value, in which serde looks neither at surrogates nor at
 * bytes over 127.
 */
export function ignoreText(source: Source): void {
  source.index++
  for (let byte = source.peek(); byte !== QUOTE; byte = source.peek()) {
    if (byte === END) source.fail(EOF)
    if (byte < 0x20) source.fail(CONTROL_CHARACTER)
    source.index++
    if (byte === BACKSLASH && isUnicodeEscape(source)) readHex(source)
  }
  source.index++
}

function readEscape(source: Source): void {
  if (!isUnicodeEscape(source)) return

  const first = readHex(source)
  if (isTrailing(first)) source.fail(LONE_SURROGATE)
  if (!isLeading(first)) return

  requireByte(source, BACKSLASH)
  requireByte(source, LETTER_U)
  if (!isTrailing(readHex(source))) source.fail(LONE_SURROGATE)
}

/** Takes the byte after a backslash. */
function isUnicodeEscape(source: Source): boolean {
  const byte = source.next()
  if (byte === END) source.fail(EOF)
  if (byte !== LETTER_U && !SIMPLE_ESCAPES.has(byte)) source.fail('invalid escape')
  return byte === LETTER_U
}

function requireByte(source: Source, expected: number): void {
  const byte = source.next()
  if (byte === END) source.fail(EOF)
  if (byte !== expected) source.fail('unexpected end of hex escape')
}

function readHex(source: Source): number {
  const start = source.index
  for (let digits = 0; digits < 4; digits++) if (source.next() === END) source.fail(EOF)

  const digits = source.since(start).toString('latin1')
  return /^[\da-f]{4}$/i.test(digits) ? Number.parseInt(digits, 16) : source.fail('invalid escape')
}

function isLeading(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff
}

function isTrailing(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff
}

/** How many bytes come before the first that is not UTF-8. */
function validLength(bytes: Buffer): number {
  // Decoding replaces what is not UTF-8, so the bytes differ from there on.
  const repaired = Buffer.from(bytes.toString())
  let index = repaired.findIndex((byte, at) => byte !== bytes[at])
  while (isContinuation(repaired[index])) index--
  return index
}

function isContinuation(byte = 0): boolean {
  return byte >> 6 === 0b10
}
