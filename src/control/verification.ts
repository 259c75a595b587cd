import type { JournalEntry, Miss, RequestExpectation, Verification } from '../../schemas/control/journal.ts'
import { redactedObject, redactedUnder } from '../gateway/redaction.ts'
import { misses } from './json-diff.ts'

/** How many near misses a result has. */
const MAX_NEAREST = 3

/** How many differences and ids a message lists; it counts the others. */
const MAX_LISTED = 10

/** Longest value in a message, in characters. */
const MAX_VALUE_LENGTH = 200

type Expected = Verification['expected']

interface Compared {
  readonly entry: JournalEntry
  readonly differences: readonly Miss[]
}

/**
 * Whether the request log meets an expectation. If not, the result has the nearest requests and
 * their differences. It repeats no secret of the expectation: test reports would keep it.
 */
export function verify(entries: readonly JournalEntry[], { count, ...wanted }: RequestExpectation): Verification {
  const criteria = normalised(wanted)
  const expected: Expected = { min: count ? (count.min ?? 0) : 1, max: count?.max ?? null }

  const compared = entries.map(entry => ({ entry, differences: misses(criteria, entry) }))
  const matching = compared.filter(({ differences }) => differences.length === 0)
  const matched = matching.length
  const passed = matched >= expected.min && matched <= (expected.max ?? matched)

  const nearest = matched < expected.min ? nearestOf(compared, wanted.operation).map(withoutSecrets) : []
  const ids = matching.map(({ entry }) => entry.id)
  return {
    passed,
    matched,
    request_ids: ids,
    expected,
    message: [
      `expected ${inWords(expected)}${criteriaLines(redactedObject(criteria))}`,
      `${passed ? 'and' : 'but'} ${matched} of ${requests(entries.length)} in the journal matched${list(ids)}`,
      ...nearest.flatMap(missLines),
    ].join('\n'),
    nearest: nearest.map(({ entry, differences }) => ({ request_id: entry.id, differences: [...differences] })),
  }
}

function withoutSecrets({ entry, differences }: Compared): Compared {
  return {
    entry,
    differences: differences.map(({ field, expected, ...actual }) => ({
      field,
      ...(expected === undefined ? {} : { expected: redactedUnder(field, expected) }),
      ...actual,
    })),
  }
}

type Criteria = Omit<RequestExpectation, 'count'>

/**
 * As the request log has it: methods in upper case, ids in lower case, query parameters as text.
 */
function normalised({ method, account_id, tunnel_id, query, ...others }: Criteria): Criteria {
  return {
    ...others,
    ...(method === undefined ? {} : { method: method.toUpperCase() }),
    ...(account_id === undefined ? {} : { account_id: account_id.toLowerCase() }),
    ...(tunnel_id === undefined ? {} : { tunnel_id: tunnel_id.toLowerCase() }),
    ...(query === undefined ? {} : { query: asText(query) }),
  }
}

function asText(query: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(query).map(([name, value]) => [
      name,
      typeof value === 'number' || typeof value === 'boolean' ? String(value) : value,
    ]),
  )
}

/** Prefers requests of the same operation, then the fewest differences, then the latest. */
function nearestOf(compared: readonly Compared[], operation: string | undefined): readonly Compared[] {
  const others = compared.filter(({ differences }) => differences.length > 0)
  const alike = others.filter(({ entry }) => entry.operation === operation)
  const candidates = alike.length > 0 ? alike : others

  return candidates
    .map(one => ({ ...one, distance: distanceOf(one.differences) }))
    .toSorted((a, b) => a.distance - b.distance || b.entry.id - a.entry.id)
    .slice(0, MAX_NEAREST)
}

/** A missing body is farther away than a body with one wrong field. */
function distanceOf(differences: readonly Miss[]): number {
  return differences.reduce((sum, { expected }) => sum + leavesOf(expected), 0)
}

function leavesOf(value: unknown): number {
  return typeof value === 'object' && value !== null
    ? Object.values(value).reduce((sum: number, item) => sum + leavesOf(item), 1)
    : 1
}

function inWords({ min, max }: Expected): string {
  if (max === null) return `at least ${requests(min)}`
  if (max === 0) return 'no request'
  if (min === max) return `exactly ${requests(min)}`
  return min === 0 ? `at most ${requests(max)}` : `${min} to ${requests(max)}`
}

function requests(count: number): string {
  return `${count} ${count === 1 ? 'request' : 'requests'}`
}

function criteriaLines(criteria: object): string {
  const lines = Object.entries(criteria).filter(([, value]) => value !== undefined)
  return lines.length === 0 ? '' : ` with${lines.map(([key, value]) => `\n  ${key}: ${inJson(value)}`).join('')}`
}

function list(ids: readonly number[]): string {
  return ids.length === 0 ? '' : `: ${ids.slice(0, MAX_LISTED).join(', ')}${ids.length > MAX_LISTED ? ', …' : ''}`
}

function missLines({ entry, differences }: Compared): string[] {
  const rest = differences.length - MAX_LISTED
  const answered = entry.status === null ? 'not answered' : `answered ${entry.status}`
  return [
    `near: request ${entry.id}, ${entry.method} ${entry.path}, ${answered}`,
    ...differences
      .slice(0, MAX_LISTED)
      .map(({ field, expected, actual }) => `  ${field}: expected ${inJson(expected)}, got ${inJson(actual)}`),
    ...(rest > 0 ? [`  … and ${rest} more`] : []),
  ]
}

function inJson(value: unknown): string {
  const text = value === undefined ? 'nothing' : JSON.stringify(value)
  return text.length > MAX_VALUE_LENGTH ? `${text.slice(0, MAX_VALUE_LENGTH)}…` : text
}
