/**
 * What Go's parser knows of an expression while it reads it, as far as its limits go: how high the tree is, how many instructions it
 * makes, how often its repetitions multiply. Go also factors common beginnings out of alternatives, which changes these numbers
 * a little and is left out (our choice): it is what makes reading take quadratic time.
 */

/** Go's limits (`regexp/syntax/parse.go`); an instruction is taken to have 40 bytes of 128 MiB. */
const MAX_HEIGHT = 1_000
const MAX_SIZE = Math.floor((128 * 2 ** 20) / 40)
const MAX_REPEAT = 1_000

/** A part of an expression. */
export interface Part {
  readonly kind: 'literal' | 'set' | 'empty' | 'concat' | 'alternate' | 'other'
  readonly height: number
  /** Instructions. */
  readonly size: number
  /** The product of the counts of repetitions in it, along the worst path. */
  readonly copies: number
  /** How often a repetition repeats, if it is one. */
  readonly times: number
}

function leaf(kind: Part['kind'], size = 1): Part {
  return { kind, height: 1, size, copies: 1, times: 1 }
}

export const CHARACTER = leaf('literal')
export const SET = leaf('set')
export const ASSERTION = leaf('other')
const EMPTY = leaf('empty')

export function literal(length: number): Part {
  return length === 1 ? CHARACTER : leaf('literal', length)
}

/** Everything between two brackets, or outside of all. Of what is joined, the last part is kept apart: an operator takes it alone. */
interface Group {
  readonly isCapture: boolean
  before?: Part | undefined
  last?: Part | undefined
  branchesBefore?: Part | undefined
  lastBranch?: Part | undefined
}

/** What repeats the part before it; `{2,}` has an infinite `max`. */
export type Operator = '*' | '+' | '?' | { readonly min: number; readonly max: number }

export interface Tree {
  readonly add: (part: Part) => void
  readonly open: (isCapture: boolean) => void
  readonly alternate: () => void
  /** Ends what was opened last; false when nothing was. */
  readonly close: () => boolean
  /** The whole; undefined when a group is still open. */
  readonly end: () => Part | undefined
  /** Applies an operator to the last part. */
  readonly repeat: (operator: Operator) => 'done' | 'nothing to repeat' | 'too many'
}

/** `refuse` throws. */
export function createTree(refuse: (reason: string) => never): Tree {
  const groups: Group[] = []
  let group: Group = { isCapture: false }
  let parts = 0
  let repeats = 1
  let isSizeTracked = false

  /** Go looks at sizes only once there are enough parts and repetitions, and counts a repetition each time that it meets it. */
  const check = (part: Part): Part => {
    parts += 1
    repeats = Math.min(repeats * part.times, MAX_SIZE)
    isSizeTracked ||= parts >= Math.floor(MAX_SIZE / repeats)
    if (isSizeTracked && part.size > MAX_SIZE) refuse('expression too large')
    if (part.height > MAX_HEIGHT) refuse('expression nests too deeply')
    return part
  }

  const add = (part: Part): void => {
    if (group.last) group.before = group.before ? joined(group.before, group.last) : group.last
    group.last = part
    parts += 1
  }

  const endBranch = (): void => {
    const { before, last = EMPTY, lastBranch, branchesBefore } = group
    const branch = check(before ? joined(before, last) : last)
    const isMerged = lastBranch && isOneOf(lastBranch) && isOneOf(branch)
    if (lastBranch && !isMerged) group.branchesBefore = branchesBefore ? either(branchesBefore, lastBranch) : lastBranch
    group.lastBranch = isMerged ? SET : branch
    group.before = undefined
    group.last = undefined
  }

  const endGroup = (): Part => {
    endBranch()
    const { branchesBefore, lastBranch = EMPTY } = group
    return check(branchesBefore ? either(branchesBefore, lastBranch) : lastBranch)
  }

  return {
    add,
    open: isCapture => {
      parts += 1
      groups.push(group)
      group = { isCapture }
    },
    alternate: endBranch,
    close: () => {
      const whole = endGroup()
      const { isCapture } = group
      const outer = groups.pop()
      if (!outer) return false

      group = outer
      add(check(isCapture ? around(whole, 2) : whole))
      return true
    },
    end: () => {
      const whole = endGroup()
      return groups.length === 0 ? whole : undefined
    },
    repeat: operator => {
      if (!group.last) return 'nothing to repeat'

      group.last = check(repeated(group.last, operator))
      return typeof operator === 'object' && group.last.copies > MAX_REPEAT ? 'too many' : 'done'
    },
  }
}

function isOneOf({ kind, size }: Part): boolean {
  return kind === 'set' || (kind === 'literal' && size === 1)
}

/** Texts that touch are one text, and a sequence within a sequence is a part of it. */
function joined(one: Part, other: Part): Part {
  const size = one.size + other.size
  if (one.kind === 'literal' && other.kind === 'literal') return literal(size)
  return combined('concat', one, other, size)
}

function either(one: Part, other: Part): Part {
  if (one.kind === 'empty' && other.kind === 'empty') return EMPTY
  return combined('alternate', one, other, one.size + other.size + 1)
}

function combined(kind: Part['kind'], one: Part, other: Part, size: number): Part {
  return {
    kind,
    height: Math.max(heightIn(kind, one), heightIn(kind, other)) + 1,
    size,
    copies: Math.max(one.copies, other.copies),
    times: 1,
  }
}

function heightIn(kind: Part['kind'], part: Part): number {
  return part.kind === kind ? part.height - 1 : part.height
}

function around({ height, size, copies }: Part, more: number): Part {
  return {
    kind: 'other',
    height: height + 1,
    size: size + more,
    copies,
    times: 1,
  }
}

function repeated(part: Part, operator: Operator): Part {
  if (typeof operator === 'string') return around(part, operator === '*' ? 2 : 1)

  const { min, max } = operator
  const isEndless = max === Number.POSITIVE_INFINITY
  const times = Math.max(isEndless ? min : max, 1)
  return {
    kind: 'other',
    height: part.height + 1,
    size: Math.max(isEndless ? endlessSize(part, min) : max * part.size + max - min, 1),
    copies: max === 0 ? 1 : part.copies * times,
    times,
  }
}

function endlessSize({ size }: Part, min: number): number {
  return min === 0 ? size + 2 : min * size + 1
}
