import { Refusal } from '../ingress/refusal.ts'

/** A place in a regular expression that is being read. */
export interface Cursor {
  readonly pattern: string
  /** Where the last `:]` stands, so that nobody looks for one in vain. */
  readonly lastPosixEnd: number
  at: number
}

export function cursorAtStart(pattern: string): Cursor {
  return { pattern, lastPosixEnd: pattern.lastIndexOf(':]'), at: 0 }
}

/** Takes what a sticky expression finds at the cursor, or nothing. */
export function take(cursor: Cursor, sticky: RegExp): RegExpExecArray | undefined {
  sticky.lastIndex = cursor.at
  const found = sticky.exec(cursor.pattern) ?? undefined
  if (found) cursor.at = sticky.lastIndex
  return found
}

/** Takes one character, whole; past the end there is none. */
export function takeRune(cursor: Cursor): string {
  const code = cursor.pattern.codePointAt(cursor.at)
  if (code === undefined) return ''

  cursor.at += code > 0xffff ? 2 : 1
  return String.fromCodePoint(code)
}

/** What lies between a place and the cursor. */
export function since({ pattern, at }: Cursor, start: number): string {
  return pattern.slice(start, at)
}

export function invalid(reason: string, culprit: string): Refusal {
  return new Refusal(`error parsing regexp: ${reason}: \`${culprit}\``)
}
