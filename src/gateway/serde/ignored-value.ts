import { ignoreNumber, isDigit } from './number.ts'
import { code, END, type Source } from './source.ts'
import { takeColon, takeWord } from './structure.ts'
import { ignoreText } from './text.ts'

/** The arrays and objects around the reader, each as the byte that ends it. */
type Ends = number[]

/**
 * Passes over the value of an unknown key. serde looks at its form only, so it may be as deep and
 * its numbers as large as fit into the body.
 */
export function ignoreValue(source: Source): void {
  const ends: Ends = []
  do {
    const isFirst = startValue(source, ends)
    endValues(source, ends, isFirst)
    if (ends.at(-1) === code('}')) ignoreKey(source)
  } while (ends.length > 0)
}

/** Passes over an atom or into an array or object. Returns whether the reader is inside a new one. */
function startValue(source: Source, ends: Ends): boolean {
  const byte = source.skipBlanks()
  if (byte === code('[') || byte === code('{')) {
    ends.push(byte === code('[') ? code(']') : code('}'))
    source.index++
    return true
  }
  ignoreAtom(source, byte)
  return false
}

function ignoreAtom(source: Source, byte: number): void {
  if (byte === code('"')) ignoreText(source)
  else if (byte === code('-') || isDigit(byte)) ignoreNumber(source)
  else if (byte === code('t')) takeWord(source, 'true')
  else if (byte === code('f')) takeWord(source, 'false')
  else if (byte === code('n')) takeWord(source, 'null')
  else source.failAtNext(byte === END ? 'EOF while parsing a value' : 'expected value')
}

/** Passes over the ends of all arrays and objects that end here, and a comma. */
function endValues(source: Source, ends: Ends, isFirst: boolean): void {
  let mayEndAtOnce = isFirst
  for (let end = ends.at(-1); end !== undefined; end = ends.at(-1)) {
    const byte = source.skipBlanks()
    if (byte === END) source.failAtNext(`EOF while parsing ${end === code(']') ? 'a list' : 'an object'}`)
    if (byte !== end) {
      if (mayEndAtOnce) return
      if (byte !== code(',')) source.failAtNext(`expected \`,\` or \`${String.fromCharCode(end)}\``)
      source.index++
      return
    }
    source.index++
    ends.pop()
    mayEndAtOnce = false
  }
}

function ignoreKey(source: Source): void {
  const byte = source.skipBlanks()
  if (byte === END) source.failAtNext('EOF while parsing an object')
  if (byte !== code('"')) source.failAtNext('key must be a string')
  ignoreText(source)
  takeColon(source)
}
