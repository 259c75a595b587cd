import type { ErrorItem } from '../../schemas/envelope.ts'
import type { ErrorDefinition } from '../evidence/types.ts'

/** Adds its key to each error. Every error of the API is defined here, and a test provokes each. */
export function defineErrors<Key extends string>(
  definitions: Readonly<Record<Key, Omit<ErrorDefinition, 'key'>>>,
): Readonly<Record<Key, ErrorDefinition>> {
  const entries = Object.entries<Omit<ErrorDefinition, 'key'>>(definitions)
  return Object.fromEntries(entries.map(([key, definition]) => [key, { key, ...definition }])) as Record<
    Key,
    ErrorDefinition
  >
}

/** An error of the emulated API. `sendFailure` turns it into a response. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly key: string
  readonly status: number
  readonly isOfGateway: boolean
  readonly errors: readonly ErrorItem[]

  constructor({ key, status, is_of_gateway = false, errors }: ErrorDefinition, detail = '') {
    const items = errors(detail)
    super(items[0].message)
    this.key = key
    this.status = status
    this.isOfGateway = is_of_gateway
    this.errors = items
  }
}

/** Rejects the request; `detail` completes the text of the error. */
export function throwApiError(definition: ErrorDefinition, detail?: string): never {
  throw new ApiError(definition, detail)
}
