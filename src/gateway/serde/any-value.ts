import { isDigit, readNumber } from './number.ts'
import { code, END, type Source } from './source.ts'
import { hasElement, hasKey, takeColon, takeWord } from './structure.ts'
import { readText } from './text.ts'

/** Reads a value of any form. As in JavaScript, the last of equal keys wins. */
export function readAnyValue(source: Source): unknown {
  const byte = source.skipBlanks()
  if (byte === code('"')) return readText(source)
  if (byte === code('{')) return readAnyObject(source)
  if (byte === code('[')) return readAnyArray(source)
  return readAtom(source)
}

/** Reads a number, a boolean or null. */
function readAtom(source: Source): number | boolean | null {
  const byte = source.peek()
  if (byte === code('-') || isDigit(byte)) return readNumber(source).value
  if (byte === code('t')) {
    takeWord(source, 'true')
    return true
  }
  if (byte === code('f')) {
    takeWord(source, 'false')
    return false
  }
  if (byte === code('n')) {
    takeWord(source, 'null')
    return null
  }
  return source.failAtNext(byte === END ? 'EOF while parsing a value' : 'expected value')
}

function readAnyArray(source: Source): unknown[] {
  const items: unknown[] = []
  source.enter()
  while (hasElement(source, items.length === 0)) items.push(readAnyValue(source))
  source.leave()
  return items
}

function readAnyObject(source: Source): Record<string, unknown> {
  const entries: [string, unknown][] = []
  source.enter()
  while (hasKey(source, entries.length === 0)) {
    const key = readText(source)
    takeColon(source)
    entries.push([key, readAnyValue(source)])
  }
  source.leave()
  // Unlike an assignment, this makes `__proto__` a key like any other.
  return Object.fromEntries(entries)
}
