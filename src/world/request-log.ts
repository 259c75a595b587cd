import type { JournalEntry, RequestFilter } from '../../schemas/control/journal.ts'
import { createRing } from './ring.ts'

/** Entries that a world keeps by default. */
const DEFAULT_SIZE = 1_000

/**
 * The latest requests to a world with their responses. An entry must hold no secret when it is
 * added.
 */
export interface RequestLog {
  /** False: no entry is kept, so nobody needs to prepare one. */
  readonly isOn: boolean
  /** Returns the id of the new entry. */
  readonly add: (entry: Omit<JournalEntry, 'id'>) => number
  /** Oldest first. */
  readonly list: (filter?: RequestFilter) => JournalEntry[]
  /** Returns the number of entries that it removed. Ids are never used again. */
  readonly clear: () => number
}

/**
 * Keeps `size` entries; 0 turns the log off. Entries are kept as text, so no caller can change one.
 */
export function createRequestLog(size = DEFAULT_SIZE): RequestLog {
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
  const isWanted = (wanted: unknown, actual: unknown): boolean => wanted === undefined || wanted === actual
  const [verb, account, tunnel] = [method?.toUpperCase(), account_id?.toLowerCase(), tunnel_id?.toLowerCase()]

  return (entry: JournalEntry): boolean =>
    entry.id > after &&
    isWanted(operation, entry.operation) &&
    isWanted(verb, entry.method) &&
    isWanted(account, entry.account_id) &&
    isWanted(tunnel, entry.tunnel_id) &&
    isWanted(status, entry.status) &&
    entry.path.startsWith(path)
}

/** With `after`, the oldest matches; otherwise the newest. */
function limited({ after, limit }: RequestFilter, entries: JournalEntry[]): JournalEntry[] {
  if (limit === undefined) return entries
  return after === undefined ? entries.slice(-limit) : entries.slice(0, limit)
}
