import { GoError } from './error.ts'

/** The position of the parser in a regular expression. */
export interface Cursor {
  readonly pattern: string
  /** The index of the last `:]`, so that a `[:` after it costs no search. */
  readonly lastPosixEnd: number
  at: number
}

export function cursorAtStart(pattern: string): Cursor {
  return { pattern, lastPosixEnd: pattern.lastIndexOf(':]'), at: 0 }
}

/** Takes what a sticky expression matches at the cursor, if anything. */
export function take(cursor: Cursor, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = cursor.at
  const found = sticky.exec(cursor.pattern) ?? undefined
  if (found) cursor.at = sticky.lastIndex
  return found
}

/** Takes one code point; an empty string at the end. */
export function takeRune(cursor: Cursor): string {
  const code = cursor.pattern.codePointAt(cursor.at)
  if (code === undefined) return ''

  cursor.at += code > 0xffff ? 2 : 1
  return String.fromCodePoint(code)
}

/** The text from `start` to the cursor. */
export function textSince({ pattern, at }: Cursor, start: number): string {
  return pattern.slice(start, at)
}

export function syntaxError(reason: string, culprit: string): GoError {
  return new GoError(`error parsing regexp: ${reason}: \`${culprit}\``)
}
