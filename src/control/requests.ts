import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { World } from '../world/world.ts'
import type { Context } from './context.ts'
import { verify } from './verification.ts'

export function listRequests({ world }: Context, filter: Input<'listRequests'>): Result<'listRequests'> {
  return world.requestLog.list(filter)
}

/** An expectation that is not met is a result, not an error. */
export function verifyRequests({ world }: Context, expectation: Input<'verifyRequests'>): Result<'verifyRequests'> {
  requireKnownOperation(world, expectation.operation)
  return verify(world.requestLog.list(), expectation)
}

export function clearRequests({ world }: Context): Result<'clearRequests'> {
  return { cleared: world.requestLog.clear() }
}

/** Without this check, "at most 0" would pass for a misspelled operation. */
function requireKnownOperation({ catalogue: { operations } }: World, operation: string | undefined): void {
  if (operation === undefined || operations.some(known => known.operation === operation)) return

  const names = operations.map(known => known.operation).join(', ')
  throw new ControlError('invalid', `unknown operation ${operation}: there are ${names}`)
}
