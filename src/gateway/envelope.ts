import type { ErrorItem, Failure, ResultInfo } from '../../schemas/envelope.ts'

export function ok<T>(result: T) {
  return { success: true as const, errors: [], messages: [], result }
}

export function page<T>(result: T[], result_info: ResultInfo) {
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
