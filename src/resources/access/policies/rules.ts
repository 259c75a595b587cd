import {
  AccessPolicyInput,
  type AccessPolicyReference,
  AccessPolicySettings,
} from '../../../../schemas/access-policy.ts'
import { problemWith } from '../../../../schemas/check.ts'
import { throwApiError } from '../../../gateway/api-error.ts'
import { requireDuration } from '../durations.ts'
import { ACCESS_ERRORS } from '../errors.ts'

/** The default of applications, too (recorded: access_policy_values). */
export const DEFAULT_SESSION = '24h'

const FIELDS = Object.keys(AccessPolicySettings.properties)

/**
 * What a policy says after a create or an update, which replaces all of it
 * (documented: access_put_replaces). Fills in the defaults (recorded: access_policy_values);
 * optional fields come back only if given (documented: access_optional_fields).
 */
export function policySettingsOf(input: AccessPolicyInput): AccessPolicySettings {
  const settings = { exclude: [], require: [], session_duration: DEFAULT_SESSION, ...declaredIn(input, FIELDS) }
  requireDuration('session_duration', settings.session_duration)
  return settings
}

/** The declared fields of a body (inferred: unread_ignored). */
export function declaredIn<T extends object>(input: T, fields: readonly string[]): T {
  return Object.fromEntries(Object.entries(input).filter(([key]) => fields.includes(key))) as T
}

/** A policy of an application as a request names it: by its id, with its content, or both. */
export interface NamedPolicy {
  readonly id: string | undefined
  readonly precedence: number
  /** Undefined for a mere link. */
  readonly content: AccessPolicyInput | undefined
}

/**
 * Reads the policies of an application in a request (documented: access_policy_forms). Without a
 * precedence, the place in the list counts (documented: access_policy_forms). Precedences differ
 * (recorded: access_precedences_equal).
 */
export function namedPoliciesOf(references: readonly AccessPolicyReference[]): readonly NamedPolicy[] {
  const named = references.map((reference, index) =>
    typeof reference === 'string'
      ? { id: reference.toLowerCase(), precedence: index + 1, content: undefined }
      : {
          id: reference.id?.toLowerCase(),
          precedence: reference.precedence ?? index + 1,
          content: contentOf(reference, index),
        },
  )
  if (new Set(named.map(({ precedence }) => precedence)).size < named.length)
    throwApiError(ACCESS_ERRORS.access_precedences_equal)
  return named
}

/** A policy with an id needs no content. */
function contentOf(reference: object & { id?: string }, index: number): AccessPolicyInput | undefined {
  const problem = problemWith(AccessPolicyInput, reference)
  if (!problem) return reference as AccessPolicyInput
  if (reference.id !== undefined) return undefined

  const where = `policies[${index}]${problem.where && `.${problem.where}`}`
  return throwApiError(ACCESS_ERRORS.access_body_invalid, `${where}: ${problem.what}`)
}
