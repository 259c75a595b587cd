import type { Input, Result } from '../../schemas/control/control.ts'
import { ControlError } from '../../schemas/control/control-error.ts'
import type { FaultRequest, FaultRule } from '../../schemas/control/fault.ts'
import { FAULT_PRESETS } from '../world/faults/presets.ts'
import type { Context } from './context.ts'

export function addFault({ world }: Context, request: Input<'addFault'>): Result<'addFault'> {
  const now = world.now()
  return rulesOf(request).map(rule => world.faults.add(rule, now))
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

function rulesOf({ preset, effect, ...when }: FaultRequest): readonly FaultRule[] {
  const isAlone = effect === undefined && Object.keys(when).length === 0
  if (preset !== undefined && isAlone) return FAULT_PRESETS[preset]
  if (preset === undefined && effect !== undefined) return [{ ...when, effect }]

  throw new ControlError(
    'invalid',
    preset === undefined
      ? `a fault needs an effect, or is a preset: ${Object.keys(FAULT_PRESETS).join(', ')}`
      : `the preset ${preset} is asked for alone, without anything else`,
  )
}
