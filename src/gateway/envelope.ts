import type { ErrorItem, Failure, ResultInfo } from '../../schemas/envelope.ts'

export const ok = <T>(result: T) => ({ success: true as const, errors: [], messages: [], result })

export const page = <T>(result: T[], result_info: ResultInfo) => ({ ...ok(result), result_info })

/** Where nothing can match, whatever the filters say. */
export const emptyPage = ({ page: number, per_page }: Pick<ResultInfo, 'page' | 'per_page'>) =>
  page<never>([], { page: number, per_page, count: 0, total_count: 0 })

/** A refusal carries `result: null` (recorded: envelope). */
export const fail = (errors: readonly ErrorItem[]): Failure => ({
  success: false,
  errors: [...errors],
  messages: [],
  result: null,
})
