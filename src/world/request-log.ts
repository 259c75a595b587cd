import type { JournalEntry, RequestFilter } from '../../schemas/control/journal.ts'
import { createRing } from './ring.ts'

/** The number of entries that a world keeps by default. */
const DEFAULT_MAX_ENTRIES = 1_000

/**
 * The latest requests to a world with their responses. Callers must remove secrets from an entry
 * before they add it.
 */
export interface RequestLog {
  /** False: `add` stores nothing, so callers need not create entries. */
  readonly isOn: boolean
  /** Returns the id of the new entry. */
  readonly add: (entry: Omit<JournalEntry, 'id'>) => number
  /** Oldest first. */
  readonly list: (filter?: RequestFilter) => JournalEntry[]
  /** Returns the number of removed entries. New entries never reuse ids. */
  readonly clear: () => number
}

/**
 * Keeps `size` entries; 0 turns the log off. It stores entries as text, so callers cannot change
 * them.
 */
export function createRequestLog(size = DEFAULT_MAX_ENTRIES): RequestLog {
  const texts = createRing<string>(size)
  let lastId = 0

  return {
    isOn: size > 0,
    add: entry => {
      lastId += 1
      texts.add(JSON.stringify({ id: lastId, ...entry }))
      return lastId
    },
    list: (filter = {}) => {
      const entries = texts.list().map((text): JournalEntry => JSON.parse(text))
      return limited(filter, entries.filter(matching(filter)))
    },
    clear: () => {
      const removed = texts.list().length
      texts.clear()
      return removed
    },
  }
}

function matching({ operation, method, path = '', account_id, tunnel_id, status, after = 0 }: RequestFilter) {
  const isMatch = (expected: unknown, actual: unknown): boolean => expected === undefined || expected === actual
  const [verb, account, tunnel] = [method?.toUpperCase(), account_id?.toLowerCase(), tunnel_id?.toLowerCase()]

  return (entry: JournalEntry): boolean =>
    entry.id > after &&
    isMatch(operation, entry.operation) &&
    isMatch(verb, entry.method) &&
    isMatch(account, entry.account_id) &&
    isMatch(tunnel, entry.tunnel_id) &&
    isMatch(status, entry.status) &&
    entry.path.startsWith(path)
}

/** With `after`, the oldest matches; otherwise the newest. */
function limited({ after, limit }: RequestFilter, entries: JournalEntry[]): JournalEntry[] {
  if (limit === undefined) return entries
  return after === undefined ? entries.slice(-limit) : entries.slice(0, limit)
}
