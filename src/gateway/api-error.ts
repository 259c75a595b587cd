import type { ErrorItem } from '../../schemas/envelope.ts'
import type { ErrorDefinition } from '../evidence/types.ts'

/** Gives each error its key. Each is provoked by a test; nothing else makes errors of the API. */
export function defineErrors<Key extends string>(
  definitions: Readonly<Record<Key, Omit<ErrorDefinition, 'key'>>>,
): Readonly<Record<Key, ErrorDefinition>> {
  const entries = Object.entries<Omit<ErrorDefinition, 'key'>>(definitions)
  return Object.fromEntries(entries.map(([key, definition]) => [key, { key, ...definition }])) as Record<
    Key,
    ErrorDefinition
  >
}

/** An error of the emulated API, on its way to the one handler that turns it into a response. */
export class ApiError extends Error {
  override readonly name = 'ApiError'
  readonly key: string
  readonly status: number
  readonly errors: readonly ErrorItem[]

  constructor({ key, status, errors }: ErrorDefinition, detail = '') {
    const items = errors(detail)
    super(items[0].message)
    this.key = key
    this.status = status
    this.errors = items
  }
}

/** Refuses the request; `detail` completes the text of the error. */
export function throwApiError(definition: ErrorDefinition, detail?: string): never {
  throw new ApiError(definition, detail)
}
