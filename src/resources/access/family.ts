/** What all operations of Access have in common. */
import type { FastifyRequest } from 'fastify'
import type { EventType } from '../../../schemas/control/event.ts'
import { ENVELOPES } from '../../../schemas/envelope.ts'
import { throwApiError } from '../../gateway/api-error.ts'
import { numberedPage } from '../../gateway/envelope.ts'
import { redactedText } from '../../gateway/redaction.ts'
import { familyModels } from '../../gateway/route.ts'
import { ACCESS_ERRORS } from './errors.ts'

/**
 * Access orders the keys of its responses like DNS (recorded: access_key_order). Creates use
 * `created` and deletes `accepted` (documented: access_statuses).
 */
export const models = familyModels(ENVELOPES.dns)

/**
 * Throws "not found" for an unknown policy (recorded: access_not_found) or another object
 * (inferred: access_not_found_elsewhere).
 */
export function requireFound<T>(found: T | undefined): T {
  return found ?? throwApiError(ACCESS_ERRORS.access_not_found)
}

/** Emits the event for a change to an Access object. The id of a tag is its name, which users choose. */
export function emitAccessEvent(
  { world, moment }: Pick<FastifyRequest, 'world' | 'moment'>,
  type: EventType,
  { account_id, id }: { readonly account_id: string; readonly id: string },
): void {
  world.events.emit({ at: moment.now, type, account_id, object_id: redactedText(id) })
}

interface PageQuery {
  readonly page: number
  readonly per_page: number
}

/** One page of a list, oldest first (inferred: access_list_order). */
export function pageOf<T>(items: readonly T[], { page, per_page }: PageQuery) {
  const start = (page - 1) * per_page
  return numberedPage(items.slice(start, start + per_page), { page, per_page, total_count: items.length })
}
