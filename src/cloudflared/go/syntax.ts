/**
 * Which regular expressions Go's package `regexp/syntax` parses, and what it says of the others. They are read once, from left to
 * right, and nothing is built: so a megabyte of them takes milliseconds, however it was made.
 */

import { takeClass, takeClassEscape, takeEscape } from './syntax-class.ts'
import { type Cursor, cursorAtStart, invalid, since, take } from './syntax-cursor.ts'
import { ASSERTION, CHARACTER, createTree, literal, type Operator, SET, type Tree } from './syntax-tree.ts'

const PLAIN = /[^\\.+*?()|[{^$]+/y
const QUOTATION = /\\Q([\s\S]*?)(?:\\E|$)/y
const FLAGS = /\(\?[imsU]*(?:-[imsU]+)?([:)])/y
const BAD_FLAGS = /\(\?[imsU]*(?:-[imsU]*)?[\s\S]?/uy
const COUNT = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y
const MAX_COUNT = 1_000

/** Throws Go's refusal, or answers how many instructions the expression makes. */
export function checkRegexp(pattern: string): number {
  const cursor = cursorAtStart(pattern)
  const tree = createTree(reason => {
    throw invalid(reason, pattern)
  })
  let operatorAt: number | undefined
  while (cursor.at < pattern.length) operatorAt = takeItem(cursor, tree, operatorAt)

  const whole = tree.end()
  if (!whole) throw invalid('missing closing )', pattern)
  return whole.size
}

/** Answers where an operator begins, if the item was one: another must not follow. */
function takeItem(cursor: Cursor, tree: Tree, operatorAt: number | undefined): number | undefined {
  const { pattern, at } = cursor
  const sign = pattern[at] ?? ''
  if ('*+?{'.includes(sign)) return takeOperator(cursor, tree, operatorAt)

  if (sign === '\\') takeBackslash(cursor, tree)
  else if (sign === '[') tree.add(takeClass(cursor) ? CHARACTER : SET)
  else if (sign === '(') takeOpening(cursor, tree)
  else if ('^$.|)'.includes(sign)) takeSign(cursor, tree, sign)
  else addText(tree, take(cursor, PLAIN)?.[0] ?? '')
  return undefined
}

function takeSign(cursor: Cursor, tree: Tree, sign: string): void {
  cursor.at += 1
  if (sign === '|') tree.alternate()
  else if (sign === '.') tree.add(SET)
  else if (sign !== ')') tree.add(ASSERTION)
  else if (!tree.close()) throw invalid('unexpected )', cursor.pattern)
}

/** The last character stands apart, as an operator takes it alone. */
function addText(tree: Tree, text: string): void {
  const length = text.length === 1 ? 1 : text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0)
  if (length > 1) tree.add(literal(length - 1))
  if (length > 0) tree.add(CHARACTER)
}

function takeOperator(cursor: Cursor, tree: Tree, operatorAt: number | undefined): number | undefined {
  const { pattern, at } = cursor
  const operator = takeOperatorItself(cursor)
  if (operator === undefined) {
    tree.add(CHARACTER)
    return undefined
  }

  if (pattern[cursor.at] === '?') cursor.at += 1
  if (operatorAt !== undefined) throw invalid('invalid nested repetition operator', since(cursor, operatorAt))

  const outcome = tree.repeat(operator)
  if (outcome === 'nothing to repeat') throw invalid('missing argument to repetition operator', since(cursor, at))
  if (outcome === 'too many') throw invalid('invalid repeat count', since(cursor, at))
  return at
}

/** A brace that begins no count is a character like any other. */
function takeOperatorItself(cursor: Cursor): Operator | undefined {
  const { pattern, at } = cursor
  const counts = pattern[at] === '{' ? take(cursor, COUNT) : undefined
  if (!counts) {
    cursor.at += 1
    return OPERATORS[pattern[at] ?? '']
  }

  const [, first, comma, second] = counts
  const min = Number(first)
  const max = comma === undefined ? min : Number(second ?? Number.POSITIVE_INFINITY)
  if (min > MAX_COUNT || min > max || (second !== undefined && max > MAX_COUNT)) {
    throw invalid('invalid repeat count', since(cursor, at))
  }
  return { min, max }
}

const OPERATORS: Readonly<Record<string, Operator>> = { '*': '*', '+': '+', '?': '?' }

function takeBackslash(cursor: Cursor, tree: Tree): void {
  const { pattern, at } = cursor
  const next = pattern[at + 1]
  if (next === 'C') throw invalid('invalid escape sequence', '\\C')
  if (next !== undefined && 'AbBz'.includes(next)) {
    cursor.at += 2
    tree.add(ASSERTION)
  } else if (next === 'Q') {
    addText(tree, take(cursor, QUOTATION)?.[1] ?? '')
  } else if (takeClassEscape(cursor)) {
    tree.add(SET)
  } else {
    takeEscape(cursor)
    tree.add(CHARACTER)
  }
}

/** A bracket opens a group, named or not, or changes flags; which flags, changes nothing about validity. */
function takeOpening(cursor: Cursor, tree: Tree): void {
  const { pattern, at } = cursor
  if (pattern[at + 1] !== '?') {
    cursor.at += 1
    tree.open(true)
    return
  }

  const nameAt = nameStart(pattern, at)
  if (nameAt !== undefined) {
    takeName(cursor, nameAt)
    tree.open(true)
    return
  }

  const end = take(cursor, FLAGS)?.[1] ?? refuseFlags(cursor)
  if (end === ':') tree.open(false)
}

function refuseFlags(cursor: Cursor): never {
  const start = cursor.at
  take(cursor, BAD_FLAGS)
  throw invalid('invalid or unsupported Perl syntax', since(cursor, start))
}

/** With nothing after it, Go does not take the bracket for the start of a name. */
function nameStart(pattern: string, at: number): number | undefined {
  const opening = ['(?P<', '(?<'].find(start => pattern.startsWith(start, at))
  return opening !== undefined && at + opening.length < pattern.length ? at + opening.length : undefined
}

function takeName(cursor: Cursor, nameAt: number): void {
  const { pattern, at } = cursor
  const end = pattern.indexOf('>', at)
  cursor.at = end < 0 ? pattern.length : end + 1
  if (end < 0 || !/^\w+$/.test(pattern.slice(nameAt, end))) {
    throw invalid('invalid named capture', since(cursor, at))
  }
}
