/**
 * The numbers that Go's parser tracks for its limits: the height of the tree, the number of
 * instructions it compiles to, and the product of nested repetitions. Go also factors common
 * prefixes out of alternatives, which changes these numbers a little. We leave that out (our
 * choice), because it makes parsing take quadratic time.
 */

/** Go's limits (`regexp/syntax/parse.go`): 128 MiB of instructions, at 40 bytes each. */
const MAX_HEIGHT = 1_000
const MAX_SIZE = Math.floor((128 * 2 ** 20) / 40)
const MAX_REPEAT = 1_000

/** A part of an expression. */
export interface Part {
  readonly kind: 'literal' | 'set' | 'empty' | 'concat' | 'alternate' | 'other'
  readonly height: number
  /** Number of instructions. */
  readonly size: number
  /** The product of its nested repeat counts, along the worst path. */
  readonly copies: number
  /** The repeat count of a repetition; 1 for any other part. */
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

/**
 * Everything between two parentheses, or outside all of them. The last part and the last branch
 * stay separate from those before, because an operator applies to the last part alone.
 */
interface Group {
  readonly isCapture: boolean
  before?: Part | undefined
  last?: Part | undefined
  branchesBefore?: Part | undefined
  lastBranch?: Part | undefined
}

/** Repeats the part before it; `{2,}` has an infinite `max`. */
export type Operator = '*' | '+' | '?' | { readonly min: number; readonly max: number }

export interface Tree {
  readonly add: (part: Part) => void
  readonly open: (isCapture: boolean) => void
  readonly alternate: () => void
  /** Closes the innermost group; false if none is open. */
  readonly close: () => boolean
  /** The whole expression; undefined if a group is still open. */
  readonly end: () => Part | undefined
  /** Applies an operator to the last part. */
  readonly repeat: (operator: Operator) => 'done' | 'nothing to repeat' | 'too many'
}

/** Calls `fail` when the expression exceeds a limit. */
export function createTree(fail: (reason: string) => never): Tree {
  const groups: Group[] = []
  let group: Group = { isCapture: false }
  let parts = 0
  let repeats = 1
  let isSizeTracked = false

  /**
   * Go checks sizes only after enough parts and repetitions, and counts a repetition again whenever
   * it checks a part that is one.
   */
  const check = (part: Part): Part => {
    parts += 1
    repeats = Math.min(repeats * part.times, MAX_SIZE)
    isSizeTracked ||= parts >= Math.floor(MAX_SIZE / repeats)
    if (isSizeTracked && part.size > MAX_SIZE) fail('expression too large')
    if (part.height > MAX_HEIGHT) fail('expression nests too deeply')
    return part
  }

  const add = (part: Part): void => {
    if (group.last) group.before = group.before ? concatenation(group.before, group.last) : group.last
    group.last = part
    parts += 1
  }

  const endBranch = (): void => {
    const { before, last = EMPTY, lastBranch, branchesBefore } = group
    const branch = check(before ? concatenation(before, last) : last)
    const isMerged = lastBranch && matchesOneCharacter(lastBranch) && matchesOneCharacter(branch)
    if (lastBranch && !isMerged)
      group.branchesBefore = branchesBefore ? alternation(branchesBefore, lastBranch) : lastBranch
    group.lastBranch = isMerged ? SET : branch
    group.before = undefined
    group.last = undefined
  }

  const endGroup = (): Part => {
    endBranch()
    const { branchesBefore, lastBranch = EMPTY } = group
    return check(branchesBefore ? alternation(branchesBefore, lastBranch) : lastBranch)
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
      add(check(isCapture ? wrapped(whole, 2) : whole))
      return true
    },
    end: () => {
      const whole = endGroup()
      return groups.length === 0 ? whole : undefined
    },
    repeat: operator => {
      if (!group.last) return 'nothing to repeat'

      group.last = check(repetition(group.last, operator))
      return typeof operator === 'object' && group.last.copies > MAX_REPEAT ? 'too many' : 'done'
    },
  }
}

function matchesOneCharacter({ kind, size }: Part): boolean {
  return kind === 'set' || (kind === 'literal' && size === 1)
}

/** Adjacent literals are one literal, and a concatenation within another adds no height. */
function concatenation(one: Part, other: Part): Part {
  const size = one.size + other.size
  if (one.kind === 'literal' && other.kind === 'literal') return literal(size)
  return combined('concat', one, other, size)
}

function alternation(one: Part, other: Part): Part {
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

function wrapped({ height, size, copies }: Part, more: number): Part {
  return {
    kind: 'other',
    height: height + 1,
    size: size + more,
    copies,
    times: 1,
  }
}

function repetition(part: Part, operator: Operator): Part {
  if (typeof operator === 'string') return wrapped(part, operator === '*' ? 2 : 1)

  const { min, max } = operator
  const isUnbounded = max === Number.POSITIVE_INFINITY
  const times = Math.max(isUnbounded ? min : max, 1)
  return {
    kind: 'other',
    height: part.height + 1,
    size: Math.max(isUnbounded ? unboundedSize(part, min) : max * part.size + max - min, 1),
    copies: max === 0 ? 1 : part.copies * times,
    times,
  }
}

function unboundedSize({ size }: Part, min: number): number {
  return min === 0 ? size + 2 : min * size + 1
}
