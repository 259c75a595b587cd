/**
 * Which regular expressions Go's package `regexp/syntax` parses, and its error texts for the
 * others. It reads an expression once, from left to right, and builds no tree, so that a megabyte
 * takes milliseconds even if somebody crafted it to be slow.
 */

import { takeClass, takeClassEscape, takeEscape } from './syntax-class.ts'
import { type Cursor, cursorAtStart, syntaxError, take, textSince } from './syntax-cursor.ts'
import { ASSERTION, CHARACTER, createTree, literal, type Operator, SET, type Tree } from './syntax-tree.ts'

const PLAIN = /[^\\.+*?()|[{^$]+/y
const QUOTATION = /\\Q([\s\S]*?)(?:\\E|$)/y
const FLAGS = /\(\?[imsU]*(?:-[imsU]+)?([:)])/y
const BAD_FLAGS = /\(\?[imsU]*(?:-[imsU]*)?[\s\S]?/uy
const COUNT = /\{(0|[1-9]\d*)(?:(,)(0|[1-9]\d*)?)?\}/y
const MAX_COUNT = 1_000

/**
 * Returns the number of instructions that the expression compiles to; throws Go's error if it is
 * invalid.
 */
export function checkRegexp(pattern: string): number {
  const cursor = cursorAtStart(pattern)
  const tree = createTree(reason => {
    throw syntaxError(reason, pattern)
  })
  let operatorAt: number | undefined
  while (cursor.at < pattern.length) operatorAt = takeItem(cursor, tree, operatorAt)

  const whole = tree.end()
  if (!whole) throw syntaxError('missing closing )', pattern)
  return whole.size
}

/** Returns where the item starts if it is an operator: another operator must not follow it. */
function takeItem(cursor: Cursor, tree: Tree, operatorAt: number | undefined): number | undefined {
  const { pattern, at } = cursor
  const character = pattern[at] ?? ''
  if ('*+?{'.includes(character)) return takeOperator(cursor, tree, operatorAt)

  if (character === '\\') takeBackslash(cursor, tree)
  else if (character === '[') tree.add(takeClass(cursor) ? CHARACTER : SET)
  else if (character === '(') takeGroupStart(cursor, tree)
  else if ('^$.|)'.includes(character)) takeMetacharacter(cursor, tree, character)
  else addText(tree, take(cursor, PLAIN)?.[0] ?? '')
  return undefined
}

function takeMetacharacter(cursor: Cursor, tree: Tree, character: string): void {
  cursor.at += 1
  if (character === '|') tree.alternate()
  else if (character === '.') tree.add(SET)
  else if (character !== ')') tree.add(ASSERTION)
  else if (!tree.close()) throw syntaxError('unexpected )', cursor.pattern)
}

/** Adds the last character as a part of its own, because an operator applies to it alone. */
function addText(tree: Tree, text: string): void {
  const length = text.length === 1 ? 1 : text.length - (text.match(/[\ud800-\udbff]/g)?.length ?? 0)
  if (length > 1) tree.add(literal(length - 1))
  if (length > 0) tree.add(CHARACTER)
}

function takeOperator(cursor: Cursor, tree: Tree, operatorAt: number | undefined): number | undefined {
  const { pattern, at } = cursor
  const operator = readOperator(cursor)
  if (operator === undefined) {
    tree.add(CHARACTER)
    return undefined
  }

  if (pattern[cursor.at] === '?') cursor.at += 1
  if (operatorAt !== undefined) throw syntaxError('invalid nested repetition operator', textSince(cursor, operatorAt))

  const outcome = tree.repeat(operator)
  if (outcome === 'nothing to repeat')
    throw syntaxError('missing argument to repetition operator', textSince(cursor, at))
  if (outcome === 'too many') throw syntaxError('invalid repeat count', textSince(cursor, at))
  return at
}

/** Undefined for a brace that starts no count: it is an ordinary character. */
function readOperator(cursor: Cursor): Operator | undefined {
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
    throw syntaxError('invalid repeat count', textSince(cursor, at))
  }
  return { min, max }
}

const OPERATORS: Readonly<Record<string, Operator>> = { '*': '*', '+': '+', '?': '?' }

function takeBackslash(cursor: Cursor, tree: Tree): void {
  const { pattern, at } = cursor
  const next = pattern[at + 1]
  if (next === 'C') throw syntaxError('invalid escape sequence', '\\C')
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

/** A parenthesis opens a group, named or not, or sets flags, which do not affect validity. */
function takeGroupStart(cursor: Cursor, tree: Tree): void {
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

  const end = take(cursor, FLAGS)?.[1] ?? failOnFlags(cursor)
  if (end === ':') tree.open(false)
}

function failOnFlags(cursor: Cursor): never {
  const start = cursor.at
  take(cursor, BAD_FLAGS)
  throw syntaxError('invalid or unsupported Perl syntax', textSince(cursor, start))
}

/** Go reads `(?P<` as the start of a name only if something follows it. */
function nameStart(pattern: string, at: number): number | undefined {
  const opening = ['(?P<', '(?<'].find(start => pattern.startsWith(start, at))
  return opening !== undefined && at + opening.length < pattern.length ? at + opening.length : undefined
}

function takeName(cursor: Cursor, nameAt: number): void {
  const { pattern, at } = cursor
  const end = pattern.indexOf('>', at)
  cursor.at = end < 0 ? pattern.length : end + 1
  if (end < 0 || !/^\w+$/.test(pattern.slice(nameAt, end))) {
    throw syntaxError('invalid named capture', textSince(cursor, at))
  }
}
