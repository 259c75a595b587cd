/** JSON as the lines that a reader sees. */

export interface JsonLine {
  /** Where the value is, such as `body.config.ingress[0]`. */
  readonly path: string
  readonly depth: number
  readonly key?: string
  readonly text: string
  /** More follows in the same object or array. */
  readonly hasNext: boolean
  /** `close` ends what an `open` line began; a `folded` line stands for both. */
  readonly kind: 'value' | 'open' | 'folded' | 'close'
}

type Folds = ReadonlySet<string>

/** The lines of a value that is called `root`. */
export function linesOf(value: unknown, root: string, folds: Folds): JsonLine[] {
  return lines(value, { path: root, depth: 0, hasNext: false }, folds)
}

type Place = Pick<JsonLine, 'path' | 'depth' | 'key' | 'hasNext'>

function lines(value: unknown, place: Place, folds: Folds): JsonLine[] {
  const [open, close] = Array.isArray(value) ? '[]' : '{}'
  const children = childrenOf(value, place)
  if (children.length === 0) return [{ ...place, kind: 'value', text: inJson(value) }]
  if (folds.has(place.path)) {
    const items = Array.isArray(value) ? 'item' : 'key'
    const count = `${children.length} ${items}${children.length === 1 ? '' : 's'}`
    return [{ ...place, kind: 'folded', text: `${open} ${count} ${close}` }]
  }
  return [
    { ...place, kind: 'open', text: open ?? '', hasNext: false },
    ...children.flatMap(([one, at]) => lines(one, at, folds)),
    { path: place.path, depth: place.depth, hasNext: place.hasNext, kind: 'close', text: close ?? '' },
  ]
}

function childrenOf(value: unknown, { path, depth }: Place): [value: unknown, place: Place][] {
  if (typeof value !== 'object' || value === null) return []
  const pairs = Object.entries(value)
  return pairs.map(([key, one], index) => [
    one,
    {
      ...(Array.isArray(value) ? { path: `${path}[${key}]` } : { path: `${path}.${key}`, key }),
      depth: depth + 1,
      hasNext: index < pairs.length - 1,
    },
  ])
}

/** A value that came from JSON. */
function inJson(value: unknown): string {
  return JSON.stringify(value) ?? 'undefined'
}

/** Longer than a screen: then it starts with its deeper parts folded. */
const MANY_LINES = 120

/** How deep a long value is open at the start. */
const OPEN_DEPTH = 2

export function startFolds(value: unknown, root: string): Folds {
  const all = linesOf(value, root, new Set())
  if (all.length <= MANY_LINES) return new Set()
  return new Set(all.filter(({ kind, depth }) => kind === 'open' && depth >= OPEN_DEPTH).map(({ path }) => path))
}

/** The paths of all that can be folded, but not the root. */
export function allFolds(value: unknown, root: string): Folds {
  const opens = linesOf(value, root, new Set()).filter(({ kind, depth }) => kind === 'open' && depth > 0)
  return new Set(opens.map(({ path }) => path))
}

/** Cuts a text at each place where it contains `sought`, in upper or lower case. */
export function piecesOf(text: string, sought: string): { readonly text: string; readonly isHit: boolean }[] {
  if (sought === '') return [{ text, isHit: false }]
  const pattern = sought.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&')
  const pieces = text.split(new RegExp(`(${pattern})`, 'iu'))
  return pieces.map((piece, index) => ({ text: piece, isHit: index % 2 === 1 })).filter(piece => piece.text !== '')
}
