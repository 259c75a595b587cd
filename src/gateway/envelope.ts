import type { ErrorItem, Failure, PagedResultInfo, ResultInfo } from '../../schemas/envelope.ts'

export function ok<T>(result: T) {
  return { success: true as const, errors: [], messages: [], result }
}

/** A result with one message for people. */
export function okWithMessage<T, Message>(result: T, message: Message) {
  return { ...ok(result), messages: [message] }
}

export function page<T>(result: T[], result_info: ResultInfo) {
  return { ...ok(result), result_info }
}

/** A page whose `result_info` says how many pages there are: 1 for an empty list (recorded: key_order). */
export function numberedPage<T>(result: T[], { page: number, per_page, total_count }: Omit<ResultInfo, 'count'>) {
  const total_pages = Math.max(1, Math.ceil(total_count / per_page))
  const result_info: PagedResultInfo = { page: number, per_page, count: result.length, total_count, total_pages }
  return { ...ok(result), result_info }
}

/** For a list that is empty whatever the filters are. */
export function emptyPage({ page: number, per_page }: Pick<ResultInfo, 'page' | 'per_page'>) {
  return page<never>([], { page: number, per_page, count: 0, total_count: 0 })
}

/** An error response has `result: null` (recorded: envelope). */
export function fail(errors: readonly ErrorItem[]): Failure {
  return {
    success: false,
    errors: [...errors],
    messages: [],
    result: null,
  }
}
