/** Two JSON values as lines side by side. What differs is what the server says. */
import type { Difference } from '../../../schemas/control/configuration.ts'

type Mark = 'same' | 'changed' | 'added' | 'removed'

export interface Line {
  /** Undefined: that side has no such line. */
  readonly before: string | undefined
  readonly after: string | undefined
  readonly mark: Mark
}

/** Where a value stands in its JSON. */
interface Spot {
  readonly field: string
  readonly label: string
  readonly indent: string
  /** What follows the value: a comma, unless it is the last of its side. */
  readonly ends: readonly [before: string, after: string]
}

export function linesOf(before: unknown, after: unknown, changes: readonly Difference[]): readonly Line[] {
  const marks = new Map(changes.map(change => [change.field, markOf(change)]))
  return walk(before, after, { field: '', label: '', indent: '', ends: ['', ''] }, marks)
}

function markOf(change: Difference): Mark {
  if (change.before === undefined) return 'added'
  return change.after === undefined ? 'removed' : 'changed'
}

function walk(before: unknown, after: unknown, spot: Spot, marks: ReadonlyMap<string, Mark>): readonly Line[] {
  const [open, close] = bracketsOf(before, after)
  if (open === undefined) {
    const lines = [textOf(before, spot, spot.ends[0]), textOf(after, spot, spot.ends[1])] as const
    const mark = marks.get(spot.field) ?? 'same'
    const height = Math.max(lines[0].length, lines[1].length)
    return Array.from({ length: height }, (_, row) => ({ before: lines[0][row], after: lines[1][row], mark }))
  }

  const [left, right] = [entriesOf(before), entriesOf(after)]
  const lasts = [[...left.keys()].at(-1), [...right.keys()].at(-1)]
  const children = [...new Set([...left.keys(), ...right.keys()])].flatMap(key =>
    walk(
      left.get(key),
      right.get(key),
      {
        field: Array.isArray(after) ? `${spot.field}[${key}]` : fieldIn(spot.field, key),
        label: Array.isArray(after) ? '' : `${JSON.stringify(key)}: `,
        indent: `${spot.indent}  `,
        ends: [key === lasts[0] ? '' : ',', key === lasts[1] ? '' : ','],
      },
      marks,
    ),
  )
  return [
    both(`${spot.indent}${spot.label}${open}`),
    ...children,
    { before: `${spot.indent}${close}${spot.ends[0]}`, after: `${spot.indent}${close}${spot.ends[1]}`, mark: 'same' },
  ]
}

function both(text: string): Line {
  return { before: text, after: text, mark: 'same' }
}

/** None unless both are arrays, or both are objects: then their parts are compared. */
function bracketsOf(before: unknown, after: unknown): readonly [string, string] | readonly [undefined, undefined] {
  if (Array.isArray(before) && Array.isArray(after)) return ['[', ']']
  return isObject(before) && isObject(after) ? ['{', '}'] : [undefined, undefined]
}

function isObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function entriesOf(value: unknown): ReadonlyMap<string, unknown> {
  return new Map(Object.entries(Object(value)))
}

/** The server writes fields so: `ingress[0].service`, with quotes around a key like a path. */
function fieldIn(field: string, key: string): string {
  if (key === '' || /[.[\]"]/.test(key)) return `${field}[${JSON.stringify(key)}]`
  return field === '' ? key : `${field}.${key}`
}

function textOf(value: unknown, { label, indent }: Spot, end: string): readonly string[] {
  if (value === undefined) return []
  return `${label}${JSON.stringify(value, null, 2)}${end}`.split('\n').map(line => `${indent}${line}`)
}

/** The words of a text in which it differs from another. What both share around them is left out. */
export function differingPart(text: string, other: string): readonly [start: number, end: number] {
  const shorter = Math.min(text.length, other.length)
  let start = 0
  while (start < shorter && text[start] === other[start]) start += 1
  let tail = 0
  while (tail < shorter - start && text.at(-1 - tail) === other.at(-1 - tail)) tail += 1

  let end = text.length - tail
  while (start < end && isWithinWord(text, start)) start -= 1
  while (start < end && isWithinWord(text, end)) end += 1
  return [start, end]
}

function isWithinWord(text: string, at: number): boolean {
  return /^\w\w$/.test(text.slice(Math.max(at - 1, 0), at + 1))
}

export interface Fold {
  /** The index of its first line. */
  readonly from: number
  readonly lines: readonly Line[]
  /** Equal lines between two changes, which the page hides at first. */
  readonly isHidden: boolean
}

/** Equal lines that stay visible around a change. */
const CONTEXT = 3

/** Splits lines into visible and hidden runs. A run of two is not worth a button. */
export function folded(lines: readonly Line[]): readonly Fold[] {
  const isNear = lines.map((_line, at) => lines.slice(Math.max(0, at - CONTEXT), at + CONTEXT + 1).some(isChanged))
  const folds: { from: number; lines: Line[]; isHidden: boolean }[] = []
  lines.forEach((line, at) => {
    const last = folds.at(-1)
    if (last && last.isHidden === !isNear[at]) last.lines.push(line)
    else folds.push({ from: at, lines: [line], isHidden: !isNear[at] })
  })
  return folds.map(fold => (fold.lines.length > 2 ? fold : { ...fold, isHidden: false }))
}

function isChanged({ mark }: Line): boolean {
  return mark !== 'same'
}
