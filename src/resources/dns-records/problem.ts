import type { ErrorItem } from '../../../schemas/envelope.ts'
import type { DatedChanges } from '../../evidence/dated-changes.ts'
import type { ErrorDefinition } from '../../evidence/types.ts'
import { throwApiError } from '../../gateway/api-error.ts'

/** An error with the detail that completes its text. */
export interface Problem {
  readonly error: ErrorDefinition
  readonly detail: string
}

export function problem(error: ErrorDefinition, detail = ''): Problem {
  return { error, detail }
}

/**
 * Rejects a request with all problems of its fields (recorded: dns_several_errors). Until
 * 2024-10-01 they were wrapped in one error (documented: dns_errors_unwrapped).
 */
export function rejectFields([first, ...others]: readonly [Problem, ...Problem[]], changes: DatedChanges): never {
  const items: readonly [ErrorItem, ...ErrorItem[]] = [itemOf(first), ...others.map(itemOf)]
  const errors = (): readonly [ErrorItem, ...ErrorItem[]] => (changes.dns_errors_unwrapped ? items : [wrapped(items)])
  return throwApiError({ ...first.error, errors })
}

function itemOf({ error, detail }: Problem): ErrorItem {
  return error.errors(detail)[0]
}

function wrapped(items: readonly ErrorItem[]): ErrorItem {
  const error_chain = items.map(({ code, message }) => ({ code, message }))
  return { code: 1004, message: 'DNS Validation Error', error_chain }
}
