import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import { FAULT_PRESETS } from '../world/faults/presets.ts'
import type { Context } from './context.ts'
import { rulesOf } from './fault-request.ts'

export function addFault({ world }: Context, request: Input<'addFault'>): Result<'addFault'> {
  const now = world.now()
  return rulesOf(request, FAULT_PRESETS).map(rule => world.faults.add(rule, now))
}

export function listFaults({ world }: Context): Result<'listFaults'> {
  return world.faults.list(world.now())
}

export function removeFault({ world }: Context, { id }: Input<'removeFault'>): Result<'removeFault'> {
  const removed = world.faults.remove(id, world.now())
  if (!removed) throw new ControlError('not_found', `there is no fault ${id}`)
  return removed
}

export function clearFaults({ world }: Context): Result<'clearFaults'> {
  return world.faults.clear(world.now())
}
