import { isObject } from '../../schemas/is-object.ts'
import type { References } from './references.ts'
import { decodeToken } from './tokens.ts'
import { type Part, type Replace, replaceVariableParts, splitText } from './variable-parts.ts'

export interface Difference {
  readonly where: string
  readonly recorded: string
  readonly got: string
}

/**
 * Only the types of these are compared: cloudflared reports them about itself, or they are times in
 * a token.
 */
const TYPE_ONLY = /^(opened_at|run_at|colo_name|client_version|version|arch|features|origin_ip|iat|exp|nbf)$/

/** Cloudflare documents no order for these lists. */
const UNORDERED = /^(connections|conns|features)$/

const ABSENT = 'nothing'

/**
 * Where a response differs from the recorded one. The order of keys does not matter, and ids match
 * if each recorded id always corresponds to the same received id.
 */
export function findDifferences(recorded: unknown, got: unknown, where: string, references: References): Difference[] {
  return compare({ recorded, got, where, key: '' }, references)
}

interface Pair {
  readonly recorded: unknown
  readonly got: unknown
  readonly where: string
  /** The key of both values; for an item of a list, the key of the list. */
  readonly key: string
}

function compare(pair: Pair, references: References): Difference[] {
  const { recorded, got, where, key } = pair
  if (isTypeOnly(key, recorded) && typeof recorded === typeof got) return []
  if (typeof recorded === 'string' && typeof got === 'string')
    return compareTexts(recorded, got, where, key, references)
  if (Array.isArray(recorded) && Array.isArray(got)) return compareLists(recorded, got, where, key, references)
  if (isObject(recorded) && isObject(got)) {
    const keys = [...new Set([...Object.keys(recorded), ...Object.keys(got)])]
    return keys.flatMap(name =>
      compare({ recorded: recorded[name], got: got[name], where: `${where}.${name}`, key: name }, references),
    )
  }
  return recorded === got ? [] : [difference(pair, references)]
}

/** The `version` of a configuration is a number, and its value is compared. */
function isTypeOnly(key: string, value: unknown): boolean {
  return TYPE_ONLY.test(key) && !(key === 'version' && typeof value === 'number')
}

function compareTexts(recorded: string, got: string, where: string, key: string, references: References): Difference[] {
  const [parts, gotParts] = [splitText(recorded, key), splitText(got, key)]
  if (formOf(parts) !== formOf(gotParts)) return [difference({ recorded, got, where, key }, references)]

  const links = parts.map(({ kind, text }, index) => !kind || references.link(kind, text, gotParts[index]?.text ?? ''))
  if (links.includes(false)) return [difference({ recorded, got, where, key }, references)]

  const [token, gotToken] = [decodeToken(recorded), decodeToken(got)]
  if (parts[0]?.kind !== 'token' || !token) return []
  return compare({ recorded: token.content, got: gotToken?.content, where: `${where}, opened`, key: '' }, references)
}

/** Fixed text as it is, a time with every digit as 0, and the kind of any other variable part. */
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
    const [first, second] = [one, other].map(item => JSON.stringify(replaceVariableParts(item, replace)))
    return first === second ? 0 : String(first) < String(second) ? -1 : 1
  }
  const isOrdered = !(UNORDERED.test(key) || [recorded, got].every(isById))
  const left = isOrdered ? recorded : recorded.toSorted(byText(references.labelOfRecorded))
  const right = isOrdered ? got : got.toSorted(byText(references.labelOfGot))
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) =>
    compare({ recorded: left[index], got: right[index], where: `${where}[${index}]`, key }, references),
  ).flat()
}

/** In a list by ascending id, the order says nothing else, because ids are only references. */
function isById(list: readonly unknown[]): boolean {
  const ids = list.map(item => (isObject(item) ? item.id : undefined))
  return ids.every((id, index) => typeof id === 'string' && id > String(ids[index - 1] ?? ''))
}

function difference({ recorded, got, where, key }: Pair, references: References): Difference {
  return {
    where,
    recorded: format(recorded, key, references.labelOfRecorded),
    got: format(got, key, references.labelOfGot),
  }
}

/** JSON with labels instead of ids. */
function format(value: unknown, key: string, label: Replace): string {
  if (value === undefined) return ABSENT
  const { [key]: labelled } = replaceVariableParts({ [key]: value }, label)
  return JSON.stringify(labelled)
}
