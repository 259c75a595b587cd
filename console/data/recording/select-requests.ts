/** Selects entries of the request log like the server does. */
import type { JournalEntry, RequestFilter, RequestSummary } from '../../../schemas/control/journal.ts'

type Condition = (entry: JournalEntry, filter: RequestFilter) => boolean

const CONDITIONS: readonly Condition[] = [
  ({ operation }, filter) => is(filter.operation, operation),
  ({ method }, filter) => is(filter.method, method),
  ({ account_id }, filter) => is(filter.account_id, account_id),
  ({ tunnel_id }, filter) => is(filter.tunnel_id, tunnel_id),
  ({ path }, filter) => path.startsWith(filter.path ?? ''),
  ({ unread }, filter) => is(filter.unread, unread.length > 0),
  ({ status }, filter) => filter.status === undefined || matches(status, String(filter.status)),
  (entry, filter) => filter.text === undefined || holds(entry, filter.text.toLowerCase()),
  ({ id }, filter) => id > (filter.after ?? 0) && id < (filter.before ?? Number.POSITIVE_INFINITY),
]

function is(wanted: unknown, actual: unknown): boolean {
  return wanted === undefined || wanted === actual
}

function matches(status: number | null, wanted: string): boolean {
  return wanted.endsWith('xx') ? String(status)[0] === wanted[0] : String(status) === wanted
}

function holds({ path, body, answer }: JournalEntry, text: string): boolean {
  return [path, JSON.stringify(body), JSON.stringify(answer)].some(one => one?.toLowerCase().includes(text))
}

/** With `after` the oldest that match, otherwise the newest; always the oldest first. */
export function selectRequests(entries: readonly JournalEntry[], filter: RequestFilter): JournalEntry[] {
  const found = entries.filter(entry => CONDITIONS.every(holdsFor => holdsFor(entry, filter)))
  const { after, limit = found.length } = filter
  return after === undefined ? found.slice(Math.max(0, found.length - limit)) : found.slice(0, limit)
}

export function summaryOf(entry: JournalEntry): RequestSummary {
  const { query, headers, body, answer, answer_headers, behaviours, caused, unread, ...rest } = entry
  return { ...rest, unread_count: unread.length }
}
