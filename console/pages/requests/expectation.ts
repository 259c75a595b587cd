import type { JournalEntry, RequestExpectation } from '../../../schemas/control/journal.ts'

/** What would verify that a request like this one was sent. Secrets cannot be compared. */
export function expectationOf({ operation, method, path, query, body, status }: JournalEntry): RequestExpectation {
  const isJson = typeof body === 'object' && body !== null
  return {
    ...(operation === null ? {} : { operation }),
    method,
    path,
    ...(Object.keys(query).length > 0 && { query }),
    ...(isJson && { body }),
    ...(status !== null && { status }),
  }
}
