import { labelled } from './evidence.ts'
import { AccountId } from './identifiers.ts'
import { OPEN, Type } from './typebox.ts'

/**
 * Like all times of Access, in whole seconds (recorded: access_times), such as
 * `2025-03-19T20:20:42Z`.
 */
export const AccessTime = Type.String({
  title: 'AccessTime',
  description: 'RFC 3339, UTC, seconds.',
  format: 'date-time',
  pattern: '^\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\dZ$',
  examples: ['2025-03-19T20:20:42Z'],
})

/** The `id` and `uid` of an object of Access. */
export const AccessId = Type.String({ format: 'uuid', maxLength: 36 })

/** A model that Access does not describe further here, such as `cors_headers`. */
export const AnyObject = Type.Object({}, OPEN)

/** A part of a path may be any text: an unknown one is not found (recorded: access_not_found). */
const Segment = Type.String({ minLength: 1 })

export const AccessAppPath = Type.Object({ account_id: AccountId, app_id: Segment })
export const AccessPolicyPath = Type.Object({ account_id: AccountId, policy_id: Segment })
export const AccessServiceTokenPath = Type.Object({ account_id: AccountId, service_token_id: Segment })
export const AccessTagPath = Type.Object({ account_id: AccountId, tag_name: Segment })

/** The parameters for pages; lists have different sizes of a page (recorded: access_page_size). */
export function pageParameters(per_page: number) {
  return {
    page: Type.Integer({ minimum: 1, default: 1, ...labelled('documented') }),
    per_page: Type.Integer({ minimum: 1, maximum: 1000, default: per_page, ...labelled('documented') }),
  }
}
