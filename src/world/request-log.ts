import type { JournalEntry, RequestFilter } from '../../schemas/control/journal.ts'
import { createNumberedLog, type NumberedLog, type SavedLog } from './numbered-log.ts'

/**
 * The latest requests to a world with their responses. Callers must remove secrets from an entry
 * before they add it.
 */
export type RequestLog = NumberedLog<JournalEntry, RequestFilter>

export function createRequestLog(size?: number, saved?: SavedLog): RequestLog {
  return createNumberedLog(size, matching, saved)
}

function matching({ operation, method, path = '', account_id, tunnel_id, status, unread, text }: RequestFilter) {
  const isMatch = (expected: unknown, actual: unknown): boolean => expected === undefined || expected === actual
  const [verb, account, tunnel] = [method?.toUpperCase(), account_id?.toLowerCase(), tunnel_id?.toLowerCase()]
  const sought = text?.toLowerCase()

  return (entry: JournalEntry): boolean =>
    isMatch(operation, entry.operation) &&
    isMatch(verb, entry.method) &&
    isMatch(account, entry.account_id) &&
    isMatch(tunnel, entry.tunnel_id) &&
    isMatch(status, typeof status === 'string' ? classOf(entry.status) : entry.status) &&
    isMatch(unread, entry.unread.length > 0) &&
    entry.path.startsWith(path) &&
    (sought === undefined || hasText(entry, sought))
}

/** Such as 4xx; null without a response. */
function classOf(status: number | null): string | null {
  return status === null ? null : `${Math.floor(status / 100)}xx`
}

function hasText({ path, body, answer }: JournalEntry, sought: string): boolean {
  return [path, JSON.stringify(body), JSON.stringify(answer)].some(text => text.toLowerCase().includes(sought))
}
