import { isDuration } from '../../../schemas/duration.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { ACCESS_ERRORS } from './errors.ts'

/**
 * Access takes the durations of Go (documented: access_durations), so no days. The error is our
 * choice (assumed: access_body_invalid).
 */
export function requireDuration(field: string, text: string): void {
  if (!isDuration(text) || text.includes('d'))
    throwApiError(ACCESS_ERRORS.access_body_invalid, `${field}: "${text}" is not a duration such as 24h`)
}
