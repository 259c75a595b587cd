import {
  Cleared,
  JournalEntry,
  RequestExpectation,
  RequestFilter,
  Verification,
} from '../../schemas/control/journal.ts'
import { Type } from '../../schemas/typebox.ts'
import type { World } from '../world/world.ts'
import { action } from './action.ts'
import { ControlError } from './errors.ts'
import { verify } from './verification.ts'

export const listRequests = action(
  {
    method: 'GET',
    path: '/requests',
    summary: 'List what was asked and answered, the newest last',
    query: RequestFilter,
    result: Type.Array(JournalEntry),
  },
  ({ world }, filter) => world.journal.list(filter),
)

/** That an expectation is not met is an answer like any other, and no error. */
export const verifyRequests = action(
  {
    method: 'POST',
    path: '/requests/verify',
    summary: 'Verify that something was asked, and how often',
    body: RequestExpectation,
    result: Verification,
  },
  ({ world }, expectation) => {
    requireKnown(world, expectation.operation)
    return verify(world.journal.list(), expectation)
  },
)

export const clearRequests = action(
  { method: 'DELETE', path: '/requests', summary: 'Clear the journal', result: Cleared },
  ({ world }) => ({ cleared: world.journal.clear() }),
)

/** A misspelled operation was never called, so "at most 0" would hold for the wrong reason. */
function requireKnown({ catalogue: { operations } }: World, operation: string | undefined): void {
  if (operation === undefined || operations.some(known => known.operation === operation)) return

  const names = operations.map(known => known.operation).join(', ')
  throw new ControlError('invalid', `unknown operation ${operation}: there are ${names}`)
}
