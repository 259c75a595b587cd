import { code, END, type Source } from './source.ts'

/** A JSON number as serde reads it: 64 bits of a whole number, or else a float. */
export interface Numeral {
  readonly value: number
  readonly whole: bigint | undefined
}

const U64_MAX = 2n ** 64n - 1n
const I64_MIN = -(2n ** 63n)

/** Reads a number; the reader is at its sign or its first digit. */
export function readNumber(source: Source): Numeral {
  const text = scanNumber(source, 'EOF while parsing a value')
  const value = Number(text)
  if (!Number.isFinite(value)) source.fail('number out of range')
  return { value, whole: wholeOf(text) }
}

/** Passes over a number of an ignored value, which may be of any size. */
export function ignoreNumber(source: Source): void {
  scanNumber(source, 'invalid number')
}

function wholeOf(text: string): bigint | undefined {
  if (text === '-0' || text.length > 20 || !/^-?\d+$/.test(text)) return undefined

  const whole = BigInt(text)
  return whole <= U64_MAX && whole >= I64_MIN ? whole : undefined
}

/** `atEnd` is the problem with a text that ends within the number. */
function scanNumber(source: Source, atEnd: string): string {
  const start = source.index
  if (source.peek() === code('-')) source.index++
  const first = source.next()
  if (!isDigit(first)) source.fail(first === END ? atEnd : 'invalid number')
  if (first !== code('0')) skipDigits(source)
  else if (isDigit(source.peek())) source.failAtNext('invalid number')

  if (source.peek() === code('.')) {
    source.index++
    if (!isDigit(source.peek())) source.failAtNext(source.peek() === END ? atEnd : 'invalid number')
    skipDigits(source)
  }
  if ((source.peek() | 0x20) === code('e')) skipExponent(source, atEnd)
  return source.since(start).toString('latin1')
}

function skipExponent(source: Source, atEnd: string): void {
  source.index++
  if (source.peek() === code('+') || source.peek() === code('-')) source.index++
  const first = source.next()
  if (!isDigit(first)) source.fail(first === END ? atEnd : 'invalid number')
  skipDigits(source)
}

function skipDigits(source: Source): void {
  while (isDigit(source.peek())) source.index++
}

export function isDigit(byte: number): boolean {
  return byte >= 0x30 && byte <= 0x39
}
