import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { JournalEntry } from '../../schemas/control/journal.ts'
import { weakestLabel } from '../evidence/catalogue.ts'
import type { RequestLog } from '../world/request-log.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { verify } from './verification.ts'

export function listRequests({ world }: Context, filter: Input<'listRequests'>): Result<'listRequests'> {
  return world.requestLog.list(filter).map(entry => withEvidence(world, entry))
}

export function listRequestSummaries(
  { world }: Context,
  filter: Input<'listRequestSummaries'>,
): Result<'listRequestSummaries'> {
  return world.requestLog
    .list(filter)
    .map(entry => withEvidence(world, entry))
    .map(({ query, headers, body, answer, answer_headers, behaviours, caused, unread, ...summary }) => ({
      ...summary,
      unread_count: unread.length,
    }))
}

export function getRequest({ world }: Context, { id }: Input<'getRequest'>): Result<'getRequest'> {
  const entry = world.requestLog.find(id)
  if (!entry) throw new ControlError('not_found', whyMissing(id, world.requestLog))
  return withEvidence(world, entry)
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

/** The label follows from the behaviours, so the log does not store it. */
function withEvidence({ catalogue }: World, entry: JournalEntry): JournalEntry {
  const { behaviours } = entry
  return behaviours === undefined ? entry : { ...entry, evidence: weakestLabel(catalogue, behaviours) }
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
