import type { ErrorItem, Failure, ResultInfo } from '../../schemas/envelope.ts'

export const ok = <T>(result: T) => ({ success: true as const, errors: [], messages: [], result })

export const page = <T>(result: T[], result_info: ResultInfo) => ({ ...ok(result), result_info })

/** A refusal carries `result: null` (recorded: envelope). */
export const fail = (errors: readonly ErrorItem[]): Failure => ({
  success: false,
  errors: [...errors],
  messages: [],
  result: null,
})
