import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { RequestLog } from '../world/request-log.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { verify } from './verification.ts'

export function listRequests({ world }: Context, filter: Input<'listRequests'>): Result<'listRequests'> {
  return world.requestLog.list(filter)
}

export function listRequestSummaries(
  { world }: Context,
  filter: Input<'listRequestSummaries'>,
): Result<'listRequestSummaries'> {
  return world.requestLog
    .list(filter)
    .map(({ query, headers, body, answer, unread, ...summary }) => ({ ...summary, unread_count: unread.length }))
}

export function getRequest({ world: { requestLog } }: Context, { id }: Input<'getRequest'>): Result<'getRequest'> {
  const entry = requestLog.find(id)
  if (!entry) throw new ControlError('not_found', whyMissing(id, requestLog))
  return entry
}

/** An expectation that is not met is a result, not an error. */
export function verifyRequests({ world }: Context, expectation: Input<'verifyRequests'>): Result<'verifyRequests'> {
  requireKnownOperation(world, expectation.operation)
  return verify(world.requestLog.list(), expectation)
}

export function clearRequests({ world }: Context): Result<'clearRequests'> {
  world.events.emit({ at: world.now(), type: 'requests_cleared' })
  return { cleared: world.requestLog.clear() }
}

/** Without this check, "at most 0" would pass for a misspelled operation. */
function requireKnownOperation({ catalogue: { operations } }: World, operation: string | undefined): void {
  if (operation === undefined || operations.some(known => known.operation === operation)) return

  const names = operations.map(known => known.operation).join(', ')
  throw new ControlError('invalid', `unknown operation ${operation}: there are ${names}`)
}

function whyMissing(id: number, { isOn, lastId, size }: RequestLog): string {
  if (!isOn) return `there is no request ${id}: --journal-size 0 turned the request log off`
  if (lastId() === 0) return `there is no request ${id}: the world has had none yet`
  if (id > lastId()) return `there is no request ${id}: the latest is ${lastId()}`
  const kept = size() === 0 ? 'which was cleared' : `which begins with ${lastId() - size() + 1}`
  return `request ${id} is no longer in the request log, ${kept}`
}
