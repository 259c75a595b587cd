/** The steps through arrays and objects that all readers of values share. */
import { code, END, type Source } from './source.ts'

/**
 * Whether an array has another element, at which the reader then is; `isFirst` if none was read.
 */
export function hasElement(source: Source, isFirst: boolean): boolean {
  const byte = source.skipBlanks()
  if (byte === END) source.failAtNext('EOF while parsing a list')
  if (byte === code(']')) return false
  if (isFirst) return true
  if (byte !== code(',')) source.failAtNext('expected `,` or `]`')

  source.index++
  const next = source.skipBlanks()
  if (next === END) source.failAtNext('EOF while parsing a value')
  if (next === code(']')) source.failAtNext('trailing comma')
  return true
}

/** Whether an object has another key, at which the reader then is. */
export function hasKey(source: Source, isFirst: boolean): boolean {
  const byte = source.skipBlanks()
  if (byte === END) source.failAtNext('EOF while parsing an object')
  if (byte === code('}')) return false
  if (!isFirst && byte !== code(',')) source.failAtNext('expected `,` or `}`')

  if (!isFirst) source.index++
  const next = source.skipBlanks()
  if (next === END) source.failAtNext('EOF while parsing a value')
  if (next === code('}')) source.failAtNext('trailing comma')
  if (next !== code('"')) source.failAtNext('key must be a string')
  return true
}

export function takeColon(source: Source): void {
  const byte = source.skipBlanks()
  if (byte === END) source.failAtNext('EOF while parsing an object')
  if (byte !== code(':')) source.failAtNext('expected `:`')
  source.index++
}

/** Reads `null`, `true` or `false`. */
export function takeWord(source: Source, word: string): void {
  source.index++
  for (const letter of word.slice(1)) {
    const byte = source.next()
    if (byte === END) source.fail('EOF while parsing a value')
    if (byte !== code(letter)) source.fail('expected ident')
  }
}
