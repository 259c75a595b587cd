import { isTree } from '../../src/http/openapi-models.ts'
import { type Part, partsOf, type Replace, replaced } from './parts.ts'
import type { References } from './references.ts'
import { opened } from './tokens.ts'

export interface Difference {
  readonly where: string
  readonly recorded: string
  readonly got: string
}

/** What cloudflared tells of itself, and what a clock shows in a token: of these only the type is compared. */
const TYPE_ONLY = /^(opened_at|run_at|colo_name|client_version|version|arch|features|origin_ip|iat|exp|nbf)$/

/** Of these nobody promises an order. */
const UNORDERED = /^(connections|conns|features)$/

const NOTHING = 'nothing'

/** Where an answer is not as recorded: whatever the order of keys, and with ids that go together one to one. */
export function differencesBetween(
  recorded: unknown,
  got: unknown,
  where: string,
  references: References,
): Difference[] {
  return compare({ recorded, got, where, key: '' }, references)
}

interface Pair {
  readonly recorded: unknown
  readonly got: unknown
  readonly where: string
  /** What both stand under; in a list, what the list stands under. */
  readonly key: string
}

function compare(pair: Pair, references: References): Difference[] {
  const { recorded, got, where, key } = pair
  if (isTypeOnly(key, recorded) && typeof recorded === typeof got) return []
  if (typeof recorded === 'string' && typeof got === 'string')
    return compareTexts(recorded, got, where, key, references)
  if (Array.isArray(recorded) && Array.isArray(got)) return compareLists(recorded, got, where, key, references)
  if (isTree(recorded) && isTree(got)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(got)])]
    return keys.flatMap(name =>
      compare({ recorded: recorded[name], got: got[name], where: `${where}.${name}`, key: name }, references),
    )
  }
  return recorded === got ? [] : [difference(pair, references)]
}

/** The `version` of a configuration is a number, and matters. */
function isTypeOnly(key: string, value: unknown): boolean {
  return TYPE_ONLY.test(key) && !(key === 'version' && typeof value === 'number')
}

function compareTexts(recorded: string, got: string, where: string, key: string, references: References): Difference[] {
  const [parts, gotParts] = [partsOf(recorded, key), partsOf(got, key)]
  if (formOf(parts) !== formOf(gotParts)) return [difference({ recorded, got, where, key }, references)]

  const areLinked = parts.map(
    ({ kind, text }, index) => !kind || references.link(kind, text, gotParts[index]?.text ?? ''),
  )
  if (areLinked.includes(false)) return [difference({ recorded, got, where, key }, references)]

  const [inside, gotInside] = [opened(recorded), opened(got)]
  if (parts[0]?.kind !== 'token' || !inside) return []
  return compare({ recorded: inside.content, got: gotInside?.content, where: `${where}, opened`, key: '' }, references)
}

/** Plain text as it is; of times how they are written, of other ids the kind. */
function formOf(parts: readonly Part[]): string {
  return parts
    .map(({ kind, text }) => (kind === 'time' ? text.replaceAll(/\d/g, '0') : kind ? `[${kind}]` : text))
    .join('')
}

function compareLists(
  recorded: readonly unknown[],
  got: readonly unknown[],
  where: string,
  key: string,
  references: References,
): Difference[] {
  const byText = (replace: Replace) => (one: unknown, other: unknown) => {
    const [first, second] = [one, other].map(item => JSON.stringify(replaced(item, replace)))
    return first === second ? 0 : String(first) < String(second) ? -1 : 1
  }
  const isOrdered = !UNORDERED.test(key)
  const left = isOrdered ? recorded : recorded.toSorted(byText(references.nameOfRecorded))
  const right = isOrdered ? got : got.toSorted(byText(references.nameOfGot))
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    compare({ recorded: left[index], got: right[index], where: `${where}[${index}]`, key }, references),
  ).flat()
}

function difference({ recorded, got, where, key }: Pair, references: References): Difference {
  return {
    where,
    recorded: shown(recorded, key, references.nameOfRecorded),
    got: shown(got, key, references.nameOfGot),
  }
}

/** JSON with names in the place of ids. */
function shown(value: unknown, key: string, name: Replace): string {
  if (value === undefined) return NOTHING
  const { [key]: named } = replaced({ [key]: value }, name)
  return JSON.stringify(named)
}
